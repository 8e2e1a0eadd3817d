// docs/seed-features.md: for every feature that the project was asked for what covers it, or why nothing does. What is said of
// a row is in seed-features.yaml; that the constructs, verbs and tests named there exist is checked here.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { root } from '../install.mjs';

const PAGE = 'docs/seed-features.md';
const ROWS = 230;
const ROW_TEST = /^ *(?:test|it)\(\s*['"`]row (\d+): (.*?)['"`],/gm;
/** What of the project builds a row that is not built yet. */
const PARTS = {
  preview: 'the preview',
  apply: 'the applier',
  instance: 'the instance',
  policies: 'policies, workloads and members',
};

/** Writes the page below `target` and returns its path; throws with all that is wrong. */
export function generate(target, data = join(root, 'tools/docs/seed-features.yaml')) {
  const { sections } = load(readFileSync(data, 'utf8'));
  const known = { names: names(), verbs: verbs(), rowTests: rowTests() };
  const faults = faultsIn(sections, known);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  mkdirSync(dirname(join(target, PAGE)), { recursive: true });
  writeFileSync(join(target, PAGE), pageOf(sections, known.rowTests));
  return PAGE;
}

/** Types of the library, and their members, inherited ones too. */
function names() {
  const { types } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  const membersOf = (fqn) => {
    const { base, interfaces = [], properties = [], methods = [], members = [] } = types[fqn] ?? {};
    const own = [...properties, ...methods, ...members].map(({ name }) => name);
    return [...own, ...[...(base ? [base] : []), ...interfaces].flatMap(membersOf)];
  };
  return new Set(
    Object.keys(types).flatMap((fqn) => {
      const type = fqn.split('.').slice(1).join('.');
      return [type, ...membersOf(fqn).map((name) => `${type}.${name}`)];
    }),
  );
}

/** Verbs of the command: the files that hold them. */
function verbs() {
  return new Set(readdirSync(join(root, 'cli/commands')).map((file) => file.replace(/\.ts$/, '')));
}

/** Row to the names of the tests that have it in their name. */
function rowTests() {
  const files = ['test/seed-features.test.ts', ...listed('test/seed-features')];
  const found = new Map();
  for (const file of files) {
    for (const [, row, name] of readFileSync(join(root, file), 'utf8').matchAll(ROW_TEST)) {
      found.set(Number(row), [...(found.get(Number(row)) ?? []), { file, name }]);
    }
  }
  return found;
}

function listed(folder) {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

function faultsIn(sections, { names, verbs, rowTests }) {
  const rows = sections.flatMap((section) => section.rows);
  const numbers = rows.map(({ row }) => row);
  const missing = Array.from({ length: ROWS }, (_, index) => index + 1).filter((row) => !numbers.includes(row));
  const twice = numbers.filter((row, index) => numbers.indexOf(row) !== index);
  return [
    ...missing.map((row) => `row ${row} is missing`),
    ...twice.map((row) => `row ${row} is there twice`),
    ...[...rowTests.keys()].filter((row) => !numbers.includes(row)).map((row) => `row ${row} has a test and is no row`),
    ...rows.flatMap((row) => rowFaults(row, names, verbs, rowTests.get(row.row) ?? [])),
  ];
}

function rowFaults({ row, feature, by = [], tests = [], later, out }, names, verbs, ownTests) {
  const at = `row ${row}: `;
  const covered = ownTests.length + tests.length > 0;
  return [
    ...(feature ? [] : [`${at}says nothing of the feature`]),
    ...by.filter((name) => !exists(name, names, verbs)).map((name) => `${at}there is no ${name}`),
    ...tests.flatMap((test) => testFaults(test).map((fault) => at + fault)),
    ...(later && !PARTS[later] ? [`${at}"${later}" is no part of the project`] : []),
    ...(covered && by.length === 0 ? [`${at}is tested, and says not what covers it`] : []),
    ...(!covered && by.length > 0 ? [`${at}names ${by.join(', ')} and no test`] : []),
    ...(!covered && !later && !out ? [`${at}has no test and no reason`] : []),
  ];
}

/** A name of the library, or `cdk8s-karmada <verb>`. */
function exists(name, names, verbs) {
  const verb = /^cdk8s-karmada (.+)/.exec(name)?.[1].replaceAll(' ', '-');
  return verb ? verbs.has(verb) : names.has(name.replace(/\(.*\)$/, ''));
}

/** A test is named as `file: name`, or a file as a whole. */
function testFaults(test) {
  const [file, name] = test.split(/: (.*)/s);
  if (!existsSync(join(root, file))) return [`there is no ${file}`];
  if (name === undefined || readFileSync(join(root, file), 'utf8').includes(`'${name}`)) return [];
  return [`${file} has no test "${name}"`];
}

function pageOf(sections, rowTests) {
  const lines = [
    '# Seed features',
    '',
    'Every feature that the project was asked for: what covers it, which test shows it, or why there is nothing. Generated by',
    '`tools/docs/seed-features.mjs` from `tools/docs/seed-features.yaml` and the names of the tests; do not edit.',
    '',
    ...summary(sections, rowTests),
  ];
  for (const { title, rows } of sections) {
    lines.push('', `## ${title}`, '', '| # | feature | covered by | shown by |', '| --- | --- | --- | --- |');
    for (const row of rows) lines.push(line(row, rowTests.get(row.row) ?? []));
  }
  return `${lines.join('\n')}\n`;
}

function summary(sections, rowTests) {
  const rows = sections.flatMap((section) => section.rows);
  const covered = rows.filter(({ row, tests = [] }) => tests.length + (rowTests.get(row)?.length ?? 0) > 0);
  const open = rows.filter((row) => !covered.includes(row));
  const later = Object.keys(PARTS)
    .map((part) => [PARTS[part], open.filter((row) => row.later === part).length])
    .filter(([, count]) => count > 0)
    .map(([part, count]) => `${count} with ${part}`);
  const out = open.filter((row) => !row.later).length;
  const partly = covered.filter((row) => row.later || row.out).length;
  return [
    `${covered.length} of ${rows.length} rows are covered, ${partly} of them in part, with what does the rest.`,
    ...(later.length > 0 ? [`${open.length - out} are still to be built: ${later.join(', ')}.`] : []),
    `${out} are out of scope.`,
  ];
}

function line({ row, feature, by = [], tests = [], later, out }, ownTests) {
  const covers = [
    ...(by.length > 0 ? [by.map((name) => `\`${name}\``).join(', ')] : []),
    ...(later ? [`${by.length > 0 ? 'the rest is ' : ''}still to come with ${PARTS[later]}`] : []),
    ...(out ? [out] : []),
  ].join('; ');
  const shown = [...new Set([...ownTests.map(({ file }) => `row ${row} in ${file}`), ...tests])].map(link).join(', ');
  return `| ${row} | ${feature} | ${covers} | ${shown} |`.replace(/\| {2}\|/g, '| |');
}

/** A test as a link to its file. */
function link(test) {
  const own = /^(row \d+) in (.*)$/.exec(test);
  const [file, name] = own ? [own[2], own[1]] : test.split(/: (.*)/s);
  return `[${name ?? file.replace(/^test\//, '')}](../${file})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target = root, data] = process.argv.slice(2);
  try {
    console.log(generate(target, data));
  } catch ({ message }) {
    console.error(message);
    process.exitCode = 1;
  }
}
