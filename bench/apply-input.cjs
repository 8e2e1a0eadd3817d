// What the bench of apply sends: `<folder> <round> <count>` writes so many Deployments of one namespace, as a chart of the library
// and, beside it in `plain.json`, as kubectl takes them: in a namespace of their own.
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { ApiObject, App } = require('cdk8s');
const { MulticloudChart, MulticloudInstance } = require('..');

const [folder, round, count] = process.argv.slice(2);

const deployment = (namespace, i) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: `web-${i}`, namespace, labels: { app: `web-${i}` } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: `web-${i}` } },
    template: {
      metadata: { labels: { app: `web-${i}` } },
      spec: {
        containers: [
          {
            name: 'web',
            image: 'registry.example/web:1.4.0',
            env: [{ name: 'MODE', value: `${i}` }],
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '100m', memory: '64Mi' } },
          },
        ],
      },
    },
  },
});

mkdirSync(folder, { recursive: true });
const app = new App({ outdir: join(folder, 'dist') });
const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
const chart = new MulticloudChart(app, `shop-${round}`, { instance });
new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ours-${round}` } });
for (let i = 0; i < Number(count); i++) new ApiObject(chart, `web-${i}`, deployment(`ours-${round}`, i));
app.synth();

const plain = Array.from({ length: Number(count) }, (_, i) => deployment(`plain-${round}`, i));
writeFileSync(join(folder, 'plain.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: plain }));
