import { join } from 'node:path';
import { App, Testing, Yaml } from 'cdk8s';
import { Fleet, MulticloudInstance, Preview, PreviewAssertions } from 'cdk8s-karmada';
import { Shop } from './shop';

const WEB = 'Deployment/shop/web';

const app = new App();
const shop = new Shop(app, 'shop', MulticloudInstance.fromExisting(app, 'production', { instanceName: 'production' }));
const fleet = Fleet.fromManifests(Yaml.load(join(__dirname, 'fleet.yaml')));
const placement = PreviewAssertions.of(Preview.of({ manifests: Testing.synth(shop), fleet }));

test('six replicas run in Europe and in the United States, and none in the lab', () => {
  placement.runsOn(WEB, 'berlin', 'paris', 'virginia');
  placement.neverRunsOn(WEB, 'lab');
  placement.totalReplicas(WEB, 6);
});

test('virginia pulls its image from the mirror there', () => {
  placement.imageOn(WEB, 'berlin', 'registry.example/shop/web:1.4.0');
  placement.imageOn(WEB, 'virginia', 'mirror.us.example/shop/web:1.4.0');
});

test('any cluster may be lost, and what is asked for fits', () => {
  for (const cluster of fleet.clusterNames) placement.survivesLossOf(cluster);
  placement.fitsIn();
});
