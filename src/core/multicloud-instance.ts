import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import type { KarmadaVersion } from './karmada-version';
import type { Advice } from './private/advice';

/** A Karmada control plane: one that the code installs, or one that already runs. */
export interface IMulticloudInstance extends IConstruct {
  /** Its name, unique among the instances that the code knows. */
  readonly instanceName: string;

  /** The Karmada release that it runs. */
  readonly version: KarmadaVersion;

  /**
   * The namespace of its components on the host cluster.
   *
   * @default 'karmada-system'
   */
  readonly namespace?: string;

  /**
   * Whether it already runs, so that it may have member clusters which the code does not name.
   *
   * @internal
   */
  readonly _existing?: boolean;

  /**
   * What its API server would say to an object, and what of ours must not be: how synth reaches admission.
   *
   * @internal
   */
  _admit(manifest: any): Finding[];

  /**
   * What Karmada would take and do otherwise than meant, in all objects that go to it: how `Findings` reaches the rules.
   *
   * @internal
   */
  _advise(manifests: readonly any[]): Advice[];
}
