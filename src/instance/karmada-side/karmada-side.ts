import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CRDS, KARMADA_PARENT_NAMESPACE, PULL_MODE } from '../../core/private/keys';
import { renderTarget } from '../../core/private/rendering';
import { targetChart } from '../../core/private/target-chart';
import { karmadaFindings } from '../../rules/karmada-findings';
import type { ControlPlane } from '../control-plane';
import { addPart, WAVES } from '../part';
import { karmadaBundle } from './bundle';

/** The part of an instance that goes onto its own API server. */
export class KarmadaSide extends Chart {
  constructor(host: Chart & Construct, plane: ControlPlane) {
    super(host, 'karmada');
    targetChart(this, {
      target: 'karmada',
      instanceName: plane.instanceName,
      version: plane.version,
      namespace: KARMADA_PARENT_NAMESPACE,
      wave: WAVES.kinds,
      namedAfter: host,
      annotations: { [CRDS]: plane.crds, ...(plane.pullMode && { [PULL_MODE]: plane.pullMode._way }) },
      admit: karmadaFindings,
    });
    for (const part of karmadaBundle(plane)) addPart(this, part);
  }

  public toJson(): any[] {
    return renderTarget(this);
  }
}
