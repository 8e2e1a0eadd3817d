import { assumptionsOf } from '../../src/admission/command-lines';
import { KarmadaVersion } from '../../src/core/karmada-version';

const runs = (...command: string[]) => ({ spec: { template: { spec: { containers: [{ command }] } } } });

test('flags of a component, in its name', () => {
  const webhook = runs('/bin/karmada-webhook', '--allow-no-execute-taint-policy=true', '--secure-port=8443', '--v=4');
  const etcd = runs('/usr/local/bin/etcd', '--feature-gates=Failover=true');
  expect(assumptionsOf([webhook, etcd])).toEqual(['webhook.allow-no-execute-taint-policy=true']);
});

test('feature gates that no table has are left out: those of a later release, and those of Kubernetes', () => {
  const scheduler = runs('/bin/karmada-scheduler', '--feature-gates=AllAlpha=true, WorkloadAffinity=true,New=false');
  expect(assumptionsOf([scheduler])).toEqual(['scheduler.feature-gates=AllAlpha=true, WorkloadAffinity=true']);
  expect(assumptionsOf([scheduler], KarmadaVersion.V1_16)).toEqual(['scheduler.feature-gates=AllAlpha=true']);
  expect(assumptionsOf([runs('/bin/karmada-search', '--feature-gates=APIListChunking=true')])).toEqual([]);
});
