import { COMPLAINTS } from './complaints';
import { lint, linters, outputs } from './linted';

(linters ? test : test.skip)('kube-score: each complaint has a reason, and each reason a complaint', () => {
  const complaints = outputs().flatMap(([name, manifests]) =>
    lint(
      'kube-score',
      ['score', '--output-format', 'json', '--kubernetes-version', 'v1.35', '-'],
      manifests.filter(isScored),
    ).flatMap(({ type_meta, object_meta, checks }: any) =>
      checks
        .filter(({ grade, skipped }: any) => !skipped && grade < 10)
        .flatMap(({ check, comments }: any) =>
          comments.map(({ path, summary }: any) => ({
            where: `${name}: ${type_meta.kind}/${object_meta.name}${path ? ` ${path}` : ''}`,
            what: `${check.id}: ${summary}`,
            isOurs: isOurs(manifests, type_meta.kind, object_meta.name),
          })),
        ),
    ),
  );
  const reasonOf = ({ where, what, isOurs }: any) =>
    COMPLAINTS.findIndex(
      (each) => each.what.test(what) && (each.where?.test(where) ?? true) && (each.ofUsers ?? false) === !isOurs,
    );
  const reasons = complaints.map(reasonOf);
  expect(complaints.filter((_, index) => reasons[index] < 0).map(({ where, what }) => `${where}: ${what}`)).toEqual([]);
  expect(COMPLAINTS.filter((_, index) => !reasons.includes(index)).map(({ what }) => String(what))).toEqual([]);
});

/** kube-score knows no kinds of Karmada, and stops at what it cannot read. */
function isScored({ apiVersion }: any): boolean {
  return !/karmada\.io|multicluster\.x-k8s\.io|cdk8s/.test(apiVersion);
}

/** A part of a control plane, and no workload of a user. */
function isOurs(manifests: readonly any[], kind: string, name: string): boolean {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  return found?.metadata.labels?.['app.kubernetes.io/managed-by'] === 'cdk8s-karmada';
}
