import { App } from 'cdk8s';
import {
  ClusterSelector,
  ClusterToleration,
  MulticloudChart,
  MulticloudDeployment,
  MulticloudInstance,
  Placement,
} from 'cdk8s-karmada';

const app = new App();

// it runs already, installed with karmadactl, Helm or its operator; others have joined the clusters
const instance = MulticloudInstance.fromExisting(app, 'production', { instanceName: 'production' });

const billing = new MulticloudChart(app, 'billing', { instance });
new MulticloudDeployment(billing, 'api', {
  name: 'api',
  replicas: 3,
  containers: [{ name: 'api', image: 'registry.example/billing/api:2.0.1' }],
  placement: Placement.duplicated({
    clusters: ClusterSelector.labels({ env: 'prod' }).excluding('tokyo'),
    tolerations: [ClusterToleration.exists('maintenance')],
  }),
  deletionProtection: true,
});

app.synth();
