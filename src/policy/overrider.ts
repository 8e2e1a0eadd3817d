import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';
import { imageTroubles } from './private/image';
import type { Intent } from './private/intent';

/** What to change in an image; at least one part of it. Parts that are not given stay as they are. */
export interface ImageOverrider {
  /**
   * Name of the container or init container.
   *
   * @default - every container, but no init container
   */
  readonly container?: string;

  /**
   * Registry, such as `mirror.example:5000`.
   *
   * @default - unchanged
   */
  readonly registry?: string;

  /**
   * Repository, such as `shop/web`, without registry and tag.
   *
   * @default - unchanged
   */
  readonly repository?: string;

  /**
   * Tag, such as `1.4.1`. It replaces a digest too.
   *
   * @default - unchanged
   */
  readonly tag?: string;

  /**
   * Digest, such as `sha256:…`. It replaces a tag too.
   *
   * @default - unchanged
   */
  readonly digest?: string;
}

/** Options of `Overrider.env` and `Overrider.removeEnv`. */
export interface EnvOverriderOptions {
  /**
   * Name of the container or init container.
   *
   * @default - the only container; where there are several, it has to be named
   */
  readonly container?: string;
}

/**
 * One difference of a workload on some clusters, by name.
 *
 * Karmada itself finds things by their place in a list. The library looks the place up in the real template at synth, so a
 * name that is not there is an error, and what stands beside it stays as it is.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/override_types.go
 * @example
 * import { ClusterSelector, MulticloudDeployment, Overrider } from 'cdk8s-karmada';
 *
 * declare const web: MulticloudDeployment;
 *
 * web.overrideOn(
 *   ClusterSelector.location({ regions: ['eu-2'] }),
 *   Overrider.image({ registry: 'mirror.eu-2.example' }),
 *   Overrider.env('REGION', 'eu-2'),
 * );
 */
export class Overrider {
  /**
   * Another registry, repository, tag or digest.
   *
   * @param image what to change
   * @throws if nothing is to be changed, or a part cannot stand in an image
   */
  public static image(image: ImageOverrider): Overrider {
    refuse(imageTroubles(image));
    const { container, registry, repository, tag, digest } = image;
    const components = [
      { component: 'Registry', value: registry } as const,
      { component: 'Repository', value: repository } as const,
      // Karmada's component Tag takes a digest too
      { component: 'Tag', value: tag ?? digest } as const,
    ].flatMap(({ component, value }) => (value === undefined ? [] : [{ component, value }]));
    return new Overrider({ of: 'image', container, components });
  }

  /**
   * Sets an environment variable, whether the template has it or not.
   *
   * @param name name of the variable
   * @param value its value
   * @param options which container
   * @throws if the name is empty or has a `=` in it
   */
  public static env(name: string, value: string, options: EnvOverriderOptions = {}): Overrider {
    refuse(variableTroubles(name));
    return new Overrider({ of: 'env', name, value, container: options.container });
  }

  /**
   * Takes an environment variable away. Synth fails when the template does not have it.
   *
   * @param name name of the variable
   * @param options which container
   * @throws if the name is empty or has a `=` in it
   */
  public static removeEnv(name: string, options: EnvOverriderOptions = {}): Overrider {
    refuse(variableTroubles(name));
    return new Overrider({ of: 'env', name, container: options.container });
  }

  /**
   * Sets a label of the object itself; its pods keep theirs.
   *
   * @param key key of the label
   * @param value its value
   * @throws if it cannot be a label
   */
  public static label(key: string, value: string): Overrider {
    refuse([
      ...keyTroubles('a label', key),
      ...(isLabelValue(value)
        ? []
        : [{ what: `"${value}" cannot be the value of the label "${key}"`, fix: `use ${LABEL_VALUE_RULE}` }]),
    ]);
    return new Overrider({ of: 'labels', key, value });
  }

  /**
   * Takes a label of the object itself away. Synth fails when the template does not have it.
   *
   * @param key key of the label
   * @throws if it cannot be a label
   */
  public static removeLabel(key: string): Overrider {
    refuse(keyTroubles('a label', key));
    return new Overrider({ of: 'labels', key });
  }

  /**
   * Sets an annotation of the object itself; its pods keep theirs.
   *
   * @param key key of the annotation
   * @param value its value
   * @throws if the key cannot be that of an annotation
   */
  public static annotation(key: string, value: string): Overrider {
    refuse(keyTroubles('an annotation', key));
    return new Overrider({ of: 'annotations', key, value });
  }

  /**
   * Takes an annotation of the object itself away. Synth fails when the template does not have it.
   *
   * @param key key of the annotation
   * @throws if the key cannot be that of an annotation
   */
  public static removeAnnotation(key: string): Overrider {
    refuse(keyTroubles('an annotation', key));
    return new Overrider({ of: 'annotations', key });
  }

  /** @internal */
  public readonly _intent: Intent;

  private constructor(intent: Intent) {
    this._intent = intent;
  }
}

function variableTroubles(name: string): Trouble[] {
  if (name !== '' && !name.includes('=')) return [];
  return [{ what: `"${name}" cannot be the name of an environment variable`, fix: 'give a name without =' }];
}

function keyTroubles(noun: string, key: string): Trouble[] {
  return isLabelKey(key) ? [] : [{ what: `"${key}" cannot be the key of ${noun}`, fix: `use ${LABEL_KEY_RULE}` }];
}

function refuse(found: Trouble[]): void {
  if (found.length > 0) throw troubles(found);
}
