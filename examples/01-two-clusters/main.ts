import { App, Size } from 'cdk8s';
import {
  ClusterSelector,
  CrdSource,
  EtcdStorage,
  MemberCluster,
  MulticloudChart,
  MulticloudDeployment,
  MulticloudInstance,
  Overrider,
  Placement,
} from 'cdk8s-karmada';
import { EnvValue } from 'cdk8s-plus-28';

const app = new App();

const east = new MulticloudInstance(app, 'east', {
  instanceName: 'east',
  etcd: EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) }),
  crds: CrdSource.rendered(),
});

const shop = new MulticloudChart(app, 'shop', { instance: east });
const berlin = new MemberCluster(shop, 'berlin', { clusterName: 'berlin', region: 'eu-central' });
const virginia = new MemberCluster(shop, 'virginia', { clusterName: 'virginia', region: 'us-east' });

const web = new MulticloudDeployment(shop, 'web', {
  name: 'web',
  replicas: 9,
  containers: [{ image: 'registry.example/shop/web:1.4.0', envVariables: { REGION: EnvValue.fromValue('eu') } }],
  placement: Placement.staticWeight([
    { clusters: ClusterSelector.members(berlin), weight: 1 },
    { clusters: ClusterSelector.members(virginia), weight: 2 },
  ]),
});
const mirror = Overrider.image({ registry: 'mirror.us.example' });
web.overrideOn(ClusterSelector.members(virginia), mirror, Overrider.env('REGION', 'us'));

app.synth();
