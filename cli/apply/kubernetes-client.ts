/** The one file of the Kubernetes client that is used: its index would bring the classes of every API along. */
export { KubeConfig } from '@kubernetes/client-node/dist/config.js';
