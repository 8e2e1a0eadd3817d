/** Named imports, so that a bundler can leave out what is not named: everything but the reading of kubeconfigs. */
export { KubeConfig } from '@kubernetes/client-node';
