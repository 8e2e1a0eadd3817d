import { Construct } from 'constructs';
import { Admission } from '../admission/admission';
import type { Finding } from '../core/finding';
import { KarmadaVersion } from '../core/karmada-version';
import type { IMulticloudInstance } from '../core/multicloud-instance';
import type { Advice } from '../core/private/advice';
import { CHART } from '../core/private/keys';
import { targetsOf } from '../core/private/target-registry';
import { troubles } from '../core/private/trouble';
import { Adviser } from '../rules/adviser';
import { releaseFindings } from '../rules/host-findings';
import type { ExistingInstanceProps } from './existing-instance-props';
import { namespaceOf, nameTroubles } from './instance-rules';

/** A Karmada that runs already: whoever installed it looks after it, and nothing is synthesized for it. */
export class ExistingInstance extends Construct implements IMulticloudInstance {
  public readonly instanceName: string;
  public readonly version: KarmadaVersion;
  public readonly namespace: string;
  /** @internal */
  public readonly _existing = true;
  private readonly admission: Admission;
  private readonly adviser: Adviser;

  constructor(scope: Construct, id: string, props: ExistingInstanceProps) {
    super(scope, id);
    const wrong = nameTroubles(this.node.path, props);
    if (wrong.length) throw troubles(wrong);
    this.instanceName = props.instanceName;
    this.version = props.version ?? KarmadaVersion.V1_18;
    this.admission = Admission.of({ version: this.version });
    this.namespace = namespaceOf(props);
    this.adviser = new Adviser({ version: this.version });
  }

  /** @internal */
  public _admit(manifest: any): Finding[] {
    return [
      ...this.newerRelease(manifest),
      ...this.admission.review(manifest).findings,
      ...this.adviser.errors(manifest),
    ];
  }

  /** @internal */
  public _advise(manifests: readonly any[]): Advice[] {
    return this.adviser.advise(manifests);
  }

  /** Said of the first chart for this Karmada, so that it is said once. */
  private newerRelease(manifest: any): Finding[] {
    if (this.version._isKnown) return [];
    const first = targetsOf(this).find(({ instanceName }) => instanceName === this.instanceName);
    return manifest.metadata?.annotations?.[CHART] === first?.chart.node.path ? releaseFindings(manifest) : [];
  }
}
