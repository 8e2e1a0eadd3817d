import { condition, words } from './condition';
import { current, failed, inProgress, type Rule } from './verdict';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
/** The scheduler has chosen a node for a pod that uses the claim. */
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

export const persistentVolumeClaim: Rule = (live, { storageClasses }) => {
  const { phase } = live.status ?? {};
  if (phase === 'Lost') return failed('its volume is lost');
  if (phase === 'Bound') {
    const resizing = ['Resizing', 'FileSystemResizePending'].map((type) => condition(live, type));
    const busy = resizing.find((each) => each?.status === 'True');
    return busy ? inProgress(`it is being resized: ${words(busy)}`) : current();
  }
  if (live.spec?.volumeName) return inProgress(`volume ${live.spec.volumeName} is not bound to it yet`);
  if (!storageClasses) return inProgress('no volume is bound to it yet');
  const named: string | undefined = live.spec?.storageClassName;
  const found = storageClasses.find(({ metadata }) =>
    named === undefined ? metadata.annotations?.[DEFAULT_CLASS] === 'true' : metadata.name === named,
  );
  if (named === undefined && !found) return failed('it names no storage class, and none is the default');
  if (named && !found) return failed(`there is no storage class ${named}`);
  const waits = found?.volumeBindingMode === 'WaitForFirstConsumer';
  if (waits && !live.metadata.annotations?.[SELECTED_NODE])
    return current('its volume is made when the first pod uses it');
  return inProgress('no volume is bound to it yet');
};

export const persistentVolume: Rule = (live) => {
  const { phase } = live.status ?? {};
  if (phase === 'Failed') return failed(`it failed: ${words(live.status)}`);
  return phase === 'Available' || phase === 'Bound' ? current() : inProgress(`it is ${phase ?? 'not looked at yet'}`);
};
