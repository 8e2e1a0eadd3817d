import { sameValue } from '../field-path';
import { condition, isBehind, NOT_LOOKED, words } from './condition';
import { current, failed, inProgress, LONG_GRACE_MS, NO_GRACE_MS, type Rule } from './verdict';

/** Objects of its kind can be written. */
export const customResourceDefinition: Rule = (live) => {
  const accepted = condition(live, 'NamesAccepted');
  if (accepted?.status === 'False') return failed(`its names are taken: ${words(accepted)}`, NO_GRACE_MS);
  const established = condition(live, 'Established');
  if (established?.status === 'True' && accepted?.status === 'True') {
    const conversion = live.spec?.conversion;
    const hook = conversion?.strategy === 'Webhook' ? conversion.webhook?.clientConfig : undefined;
    return hook?.service && !hook.caBundle ? inProgress('its conversion webhook has no CA bundle yet') : current();
  }
  return inProgress('it is not established yet');
};

/** The API server behind it answers. */
export const apiService: Rule = (live) => {
  const available = condition(live, 'Available');
  if (available?.status === 'True') return current();
  if (!available) return inProgress('nobody has looked for the API server behind it yet');
  return inProgress(`the API server behind it does not answer: ${words(available)}`);
};

/** A webhook on a service needs an authority to be believed. */
export const webhookConfiguration: Rule = (live) => {
  const lacking = (live.webhooks ?? []).find(
    ({ clientConfig }: any) => clientConfig?.service && !clientConfig.caBundle,
  );
  return lacking ? inProgress(`webhook ${lacking.name} has no CA bundle yet`) : current();
};

export const admissionPolicy: Rule = (live) => {
  if (isBehind(live.status?.observedGeneration, live)) return inProgress(NOT_LOOKED);
  const warnings: any[] = live.status?.typeChecking?.expressionWarnings ?? [];
  return warnings.length ? current(`${warnings[0].fieldRef}: ${warnings[0].warning}`) : current();
};

export const namespace: Rule = (live) => {
  const { phase } = live.status ?? {};
  return phase === 'Active' ? current() : inProgress(`it is ${phase ?? 'not looked at yet'}`);
};

/** Until the quota is counted, what comes next may slip through or be refused. */
export const resourceQuota: Rule = (live) =>
  sameValue(live.status?.hard ?? {}, live.spec?.hard ?? {}) ? current() : inProgress('its limits are not counted yet');

export const podDisruptionBudget: Rule = (live) => {
  const allowed = condition(live, 'DisruptionAllowed');
  return allowed?.reason === 'SyncFailed' ? failed(`it cannot be reckoned: ${words(allowed)}`) : current();
};

export const horizontalPodAutoscaler: Rule = (live) => {
  const able = condition(live, 'AbleToScale');
  if (able?.status === 'False') return failed(`it cannot scale: ${words(able)}`, LONG_GRACE_MS);
  const active = condition(live, 'ScalingActive');
  if (active?.status !== 'False' || active.reason === 'ScalingDisabled') return current();
  return inProgress(`it has no figures: ${words(active)}`);
};

/** A token for a service account is made by a controller. */
export const secret: Rule = (live) =>
  live.type === 'kubernetes.io/service-account-token' && !live.data?.token
    ? inProgress('its token is not made yet')
    : current();
