import { App } from 'cdk8s';
import { MulticloudInstance } from 'cdk8s-karmada';
import { Shop } from './shop';

const app = new App();
new Shop(app, 'shop', MulticloudInstance.fromExisting(app, 'production', { instanceName: 'production' }));
app.synth();
