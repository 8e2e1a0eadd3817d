import { App, Include } from 'cdk8s';
import {
  ClusterSelector,
  MulticloudChart,
  MulticloudGroup,
  MulticloudInstance,
  Overrider,
  Placement,
  ResourceSelector,
} from 'cdk8s-karmada';

const app = new App();
const instance = MulticloudInstance.fromExisting(app, 'production', { instanceName: 'production' });
const chart = new MulticloudChart(app, 'notes', { instance, namespace: 'notes' });

// what `helm template` wrote; where helm is installed, cdk8s' own `Helm` does both
const rendered = new Include(chart, 'notes', { url: 'notes.yaml' });

const group = MulticloudGroup.of(rendered, {
  placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'madrid') }),
});
group.overrideOn(
  ResourceSelector.named('apps/v1', 'Deployment', 'notes-web'),
  ClusterSelector.names('madrid'),
  Overrider.image({ registry: 'mirror.madrid.example' }),
  Overrider.env('REGION', 'eu-south'),
);

app.synth();
