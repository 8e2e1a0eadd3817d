// The keys and certificates of an instance, issued once: `<bundle> <folder of the synthesized instance>`. Prints the milliseconds.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');

const [bundle, folder] = process.argv.slice(2);
const { isPkiPlan, issue, readPkiPlan } = require(bundle);
const manifests = readdirSync(folder).flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')));
const plan = readPkiPlan(manifests.find(isPkiPlan));

const start = performance.now();
issue(plan, new Map(), new Date()).then((secrets) => {
  if (secrets.length < 10) throw new Error(`only ${secrets.length} Secrets`);
  console.log(performance.now() - start);
});
