import { startApiServer, type TestServer } from '../testbed';

/** One pod of each component that has several: Services lead to the first pod here. */
export const SINGLE = Object.fromEntries(
  [
    ...['karmadaApiServer', 'karmadaAggregatedApiServer', 'kubeControllerManager'],
    ...['karmadaControllerManager', 'karmadaScheduler', 'karmadaWebhook'],
  ].map((component) => [component, { replicas: 1 }]),
);

/** A host whose volumes are made when a pod uses them. */
export async function startHost(): Promise<TestServer> {
  const server = await startApiServer();
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'example.com/local',
    volumeBindingMode: 'WaitForFirstConsumer',
  };
  server.kubectl(['apply', '-f', '-'], JSON.stringify(storageClass));
  return server;
}
