import { advice, DUPLICATED, deployment, object, propagation, STATIC } from './advice';

const TARGET = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const scaler = (apiVersion: string, kind: string, scaleTargetRef: any = TARGET) =>
  object(apiVersion, kind, 'scaler', { spec: { scaleTargetRef } });
const FEDERATED = scaler('autoscaling.karmada.io/v1alpha1', 'FederatedHPA');
const SCHEDULE = scaler('autoscaling.karmada.io/v1alpha1', 'CronFederatedHPA');

describe('MC133', () => {
  const MEMBER = scaler('autoscaling/v2', 'HorizontalPodAutoscaler');
  const LABEL = 'resourcetemplate.karmada.io/retain-replicas';
  const sent = (replicaScheduling: any) =>
    propagation({
      selectors: [TARGET, { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' }],
      placement: { replicaScheduling },
    });

  it('an autoscaler in members, whose work Karmada undoes', () => {
    expect(advice('MC133', [deployment(), MEMBER, sent(DUPLICATED)])).toEqual([
      'HorizontalPodAutoscaler/shop/scaler spec.scaleTargetRef: it scales Deployment/shop/web in each member cluster, and ' +
        'Karmada sets the replicas there back to what PropagationPolicy/shop/web gives it; duplicate a Deployment and label it ' +
        `${LABEL}=true (its own labels, not those of the pods), or scale it with a FederatedHPA`,
    ]);
  });

  it('an autoscaler in members, for replicas that are divided and retained', () => {
    const web = deployment('web', {}, { labels: { [LABEL]: 'true' } });
    expect(advice('MC133', [web, MEMBER, sent(STATIC)])).toEqual([
      'HorizontalPodAutoscaler/shop/scaler spec.scaleTargetRef: PropagationPolicy/shop/web divides the replicas of ' +
        `Deployment/shop/web, whose label ${LABEL} keeps each share from the clusters; duplicate the workload, or scale it with ` +
        'a FederatedHPA instead',
    ]);
    expect(advice('MC133', [web, MEMBER, sent(DUPLICATED)])).toEqual([]);
  });

  it('not one that stays on Karmada, or scales nothing that is known', () => {
    expect(advice('MC133', [deployment(), MEMBER, propagation()])).toEqual([]);
    expect(advice('MC133', [MEMBER, sent(STATIC)])).toEqual([]);
    expect(advice('MC133', [deployment(), object('autoscaling/v2', MEMBER.kind, 'none'), sent(STATIC)])).toEqual([]);
  });
});

describe('MC134', () => {
  it('a schedule and an autoscaler for one workload', () => {
    expect(advice('MC134', [FEDERATED, SCHEDULE])).toEqual([
      'CronFederatedHPA/shop/scaler spec.scaleTargetRef: FederatedHPA/shop/scaler scales Deployment "web" too: each undoes what ' +
        'the other did; let the CronFederatedHPA scale the FederatedHPA: its scaleTargetRef names that, and its rules say ' +
        'targetMinReplicas and targetMaxReplicas',
    ]);
  });

  it('not a schedule for the autoscaler, nor for another workload', () => {
    const { apiVersion, kind, metadata } = FEDERATED;
    const of = (target: any) => scaler(SCHEDULE.apiVersion, SCHEDULE.kind, target);
    expect(advice('MC134', [FEDERATED, of({ apiVersion, kind, name: metadata.name })])).toEqual([]);
    expect(advice('MC134', [FEDERATED, of({ ...TARGET, name: 'api' })])).toEqual([]);
  });
});

describe('MC135', () => {
  it('replicas of a workload that an autoscaler sets', () => {
    expect(advice('MC135', [deployment(), FEDERATED, SCHEDULE])).toEqual([
      'Deployment/shop/web spec.replicas: the manifest says 3, and FederatedHPA/shop/scaler sets another number: each apply ' +
        'undoes that; leave spec.replicas out of the workload',
    ]);
  });

  it('not where the workload says none, nor that of others', () => {
    const { replicas: _, ...spec } = deployment().spec;
    expect(advice('MC135', [{ ...deployment(), spec }, FEDERATED])).toEqual([]);
    expect(advice('MC135', [deployment('api'), FEDERATED])).toEqual([]);
  });
});
