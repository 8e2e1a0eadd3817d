import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { AdviserProps } from '../../src/rules/adviser';
import { Adviser } from '../../src/rules/adviser';

const { types } = JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8'));

/** The codes of all findings about raw YAML. */
export function codes(yaml: readonly string[], props: AdviserProps = {}): string[] {
  return new Adviser(props).advise(yaml.map((text) => load(text))).map(({ finding }) => finding.code);
}

/** The props of a struct, with `?` where they may be left out. */
export function propsOf(struct: string): string[] {
  return types[`cdk8s-karmada.${struct}`].properties.map(({ name, optional }: any) => (optional ? `${name}?` : name));
}

/** The ways to make one of a class. */
export function waysToMake(type: string): string[] {
  return types[`cdk8s-karmada.${type}`].methods.filter((each: any) => each.static).map(({ name }: any) => name);
}

export const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {tier: core}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", env: [{name: A, value: "1"}], resources: {requests: {cpu: 1}}}]}
`;

/** A raw policy that sends the deployment out. */
export function policy(placement: string, more = ''): string {
  return `
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: {name: web, namespace: shop}
spec:
  resourceSelectors: [{apiVersion: apps/v1, kind: Deployment, name: web}]
  placement: ${placement}
  ${more}
`;
}

/** A raw override policy. */
export function override(
  overriders: string,
  selectors = '[{apiVersion: apps/v1, kind: Deployment, name: web}]',
): string {
  return `
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: {name: web, namespace: shop}
spec:
  resourceSelectors: ${selectors}
  overrideRules: [{overriders: ${overriders}}]
`;
}
