// One synth in a process of its own. `ours <folder> <count>`: so many deployments of the library, with two policies each.
// `plain <folder> <file>`: the same objects, out of what `ours` wrote, as plain ApiObjects. `instance <folder> <n>`: a control
// plane, the nth in the process. Prints the milliseconds from the empty app to the written file.
const { readFileSync } = require('node:fs');
const { App, ApiObject, Chart, Size } = require('cdk8s');

const [kind, outdir, what] = process.argv.slice(2);

function ours() {
  const {
    ClusterSelector,
    MulticloudChart,
    MulticloudDeployment,
    MulticloudInstance,
    Overrider,
    Placement,
  } = require('..');
  return () => {
    const app = new App({ outdir });
    const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
    const chart = new MulticloudChart(app, 'shop', { instance });
    for (let i = 0; i < Number(what); i++) {
      const web = new MulticloudDeployment(chart, `web-${i}`, {
        name: `web-${i}`,
        replicas: 9,
        containers: [{ name: 'web', image: 'registry.example/web:1' }],
        placement: Placement.staticWeight([
          { clusters: ClusterSelector.names('berlin'), weight: 1 },
          { clusters: ClusterSelector.names('virginia'), weight: 2 },
        ]),
      });
      web.overrideOn(ClusterSelector.names('virginia'), Overrider.image({ registry: 'mirror.example' }));
    }
    app.synth();
  };
}

function plain() {
  const manifests = JSON.parse(readFileSync(what, 'utf8'));
  return () => {
    const app = new App({ outdir });
    const chart = new Chart(app, 'shop');
    manifests.forEach((manifest, i) => {
      new ApiObject(chart, `object-${i}`, manifest);
    });
    app.synth();
  };
}

function instance() {
  const { EtcdStorage, MulticloudInstance } = require('..');
  return () => {
    const app = new App({ outdir });
    const etcd = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) });
    new MulticloudInstance(app, 'east', { instanceName: 'east', etcd });
    app.synth();
  };
}

const synth = { ours, plain, instance }[kind]();
for (let before = 1; kind === 'instance' && before < Number(what); before++) synth();
const start = performance.now();
synth();
console.log(performance.now() - start);
