import {
  ClusterSelector,
  type IMulticloudInstance,
  MulticloudChart,
  MulticloudDeployment,
  Overrider,
  Placement,
} from 'cdk8s-karmada';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** The shop: where it runs is for its test to say. */
export class Shop extends MulticloudChart {
  constructor(scope: Construct, id: string, instance: IMulticloudInstance) {
    super(scope, id, { instance, namespace: 'shop' });
    const web = new MulticloudDeployment(this, 'web', {
      name: 'web',
      replicas: 6,
      containers: [
        { name: 'web', image: 'registry.example/shop/web:1.4.0', resources: { cpu: { request: Cpu.millis(500) } } },
      ],
      placement: Placement.staticWeight([
        { clusters: ClusterSelector.names('berlin', 'paris'), weight: 1 },
        { clusters: ClusterSelector.names('virginia'), weight: 2 },
      ]),
    });
    web.overrideOn(ClusterSelector.names('virginia'), Overrider.image({ registry: 'mirror.us.example' }));
  }
}
