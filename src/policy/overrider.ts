import type { EnvValue } from 'cdk8s-plus-28';
import type { ContainerChoice } from './container-choice';
import type { ImageOverrider } from './image-overrider';
import type { PatchOperator } from './patch-operator';
import { documentIntent } from './private/documents';
import { imageTroubles } from './private/image';
import { imageIntent } from './private/images';
import type { Intent } from './private/intent';
import { metadataIntent, podMetadataIntent } from './private/metadata';
import { patchIntent } from './private/patch';
import {
  ingressClassIntent,
  replicasIntent,
  resourcesIntent,
  resourcesTroubles,
  storageClassIntent,
} from './private/settings';
import { variableIntent } from './private/variables';
import { changeWordsIntent, wordsIntent } from './private/words';
import {
  documentWords,
  keyTroubles,
  labelTroubles,
  nameTroubles,
  patchTroubles,
  refuse,
  valueTroubles,
  variableTroubles,
  wordTroubles,
} from './private/wrong-words';
import type { ResourcesOverrider } from './resources-overrider';
import type { StorageClassOptions } from './storage-class-options';

/**
 * One difference of an object on some clusters, by name.
 *
 * Karmada itself finds things by their place in a list. The library looks the place up in the real template at synth, so a
 * name that is not there is an error, and what stands beside it stays as it is. Those of one rule come to what they say in the
 * order in which they are written.
 *
 * Containers are found in the pods of Kubernetes' own kinds and, in an object of any other kind, wherever there is a list
 * `containers` of objects that each have a name and an image.
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
 *   Overrider.podAnnotation('backup.example/place', 'eu-2'),
 * );
 */
export class Overrider {
  /**
   * Another registry, repository, tag or digest, for containers, init containers and custom kinds alike.
   *
   * @param image what to change
   * @throws if nothing is to be changed, or a part cannot stand in an image
   */
  public static image(image: ImageOverrider): Overrider {
    refuse(imageTroubles(image));
    return new Overrider(imageIntent(image));
  }

  /**
   * Sets an environment variable, whether the template has it or not.
   *
   * @param name name of the variable
   * @param value its value
   * @param options which container
   * @throws if the name is empty or has a `=` in it
   */
  public static env(name: string, value: string, options: ContainerChoice = {}): Overrider {
    refuse(variableTroubles(name));
    return new Overrider(variableIntent(name, options.container, { name, value }, `Overrider.env("${name}")`));
  }

  /**
   * Sets an environment variable to a value from elsewhere: a key of a ConfigMap or a Secret, a field of the pod.
   *
   * @param name name of the variable
   * @param value where its value is from, in the words of cdk8s-plus
   * @param options which container
   * @throws if the name is empty or has a `=` in it
   */
  public static envValue(name: string, value: EnvValue, options: ContainerChoice = {}): Overrider {
    refuse(variableTroubles(name));
    const entry = JSON.parse(
      JSON.stringify({ name, value: value.value, valueFrom: value.valueFrom }, (key, each) =>
        // cdk8s-plus holds a number or text in an object of its own
        key === 'divisor' ? each.value : each,
      ),
    );
    return new Overrider(variableIntent(name, options.container, entry, `Overrider.envValue("${name}")`));
  }

  /**
   * Takes an environment variable away. Synth fails when the template does not have it.
   *
   * @param name name of the variable
   * @param options which container
   * @throws if the name is empty or has a `=` in it
   */
  public static removeEnv(name: string, options: ContainerChoice = {}): Overrider {
    refuse(variableTroubles(name));
    return new Overrider(variableIntent(name, options.container, undefined, `Overrider.removeEnv("${name}")`));
  }

  /**
   * Sets a label of the object itself; its pods keep theirs.
   *
   * @param key key of the label
   * @param value its value
   * @throws if it cannot be a label
   */
  public static label(key: string, value: string): Overrider {
    refuse(labelTroubles(key, value));
    return new Overrider(metadataIntent('labels', key, value, `Overrider.label("${key}")`));
  }

  /**
   * Takes a label of the object itself away. Synth fails when the template does not have it.
   *
   * @param key key of the label
   * @throws if it cannot be a label
   */
  public static removeLabel(key: string): Overrider {
    refuse(keyTroubles('a label', key));
    return new Overrider(metadataIntent('labels', key, undefined, `Overrider.removeLabel("${key}")`));
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
    return new Overrider(metadataIntent('annotations', key, value, `Overrider.annotation("${key}")`));
  }

  /**
   * Takes an annotation of the object itself away. Synth fails when the template does not have it.
   *
   * @param key key of the annotation
   * @throws if the key cannot be that of an annotation
   */
  public static removeAnnotation(key: string): Overrider {
    refuse(keyTroubles('an annotation', key));
    return new Overrider(metadataIntent('annotations', key, undefined, `Overrider.removeAnnotation("${key}")`));
  }

  /**
   * Sets a label of the pods; the object itself keeps its own. Synth fails for one by which the workload finds its pods.
   *
   * @param key key of the label
   * @param value its value
   * @throws if it cannot be a label
   */
  public static podLabel(key: string, value: string): Overrider {
    refuse(labelTroubles(key, value));
    return new Overrider(podMetadataIntent('labels', key, value, `Overrider.podLabel("${key}")`));
  }

  /**
   * Takes a label of the pods away. Synth fails when the template does not have it.
   *
   * @param key key of the label
   * @throws if it cannot be a label
   */
  public static removePodLabel(key: string): Overrider {
    refuse(keyTroubles('a label', key));
    return new Overrider(podMetadataIntent('labels', key, undefined, `Overrider.removePodLabel("${key}")`));
  }

  /**
   * Sets an annotation of the pods; the object itself keeps its own.
   *
   * @param key key of the annotation
   * @param value its value
   * @throws if the key cannot be that of an annotation
   */
  public static podAnnotation(key: string, value: string): Overrider {
    refuse(keyTroubles('an annotation', key));
    return new Overrider(podMetadataIntent('annotations', key, value, `Overrider.podAnnotation("${key}")`));
  }

  /**
   * Takes an annotation of the pods away. Synth fails when the template does not have it.
   *
   * @param key key of the annotation
   * @throws if the key cannot be that of an annotation
   */
  public static removePodAnnotation(key: string): Overrider {
    refuse(keyTroubles('an annotation', key));
    return new Overrider(podMetadataIntent('annotations', key, undefined, `Overrider.removePodAnnotation("${key}")`));
  }

  /**
   * Sets the whole command of a container, in place of that of its image.
   *
   * @param command the words of the command, none for an empty list
   * @param options which container
   */
  public static command(command: string[], options: ContainerChoice = {}): Overrider {
    return new Overrider(wordsIntent('command', command, options.container, 'Overrider.command'));
  }

  /**
   * Puts words at the end of the command of a container.
   *
   * @param command at least one
   * @param options which container
   * @throws if there are none
   */
  public static appendCommand(command: string[], options: ContainerChoice = {}): Overrider {
    refuse(wordTroubles('appendCommand', command));
    return new Overrider(changeWordsIntent('add', 'command', command, options.container, 'Overrider.appendCommand'));
  }

  /**
   * Takes words out of the command of a container, each wherever it stands. Synth fails when the template does not have one.
   *
   * @param command at least one
   * @param options which container
   * @throws if there are none
   */
  public static removeCommand(command: string[], options: ContainerChoice = {}): Overrider {
    refuse(wordTroubles('removeCommand', command));
    return new Overrider(changeWordsIntent('remove', 'command', command, options.container, 'Overrider.removeCommand'));
  }

  /**
   * Sets all arguments of a container.
   *
   * @param args the arguments, none for an empty list
   * @param options which container
   */
  public static args(args: string[], options: ContainerChoice = {}): Overrider {
    return new Overrider(wordsIntent('args', args, options.container, 'Overrider.args'));
  }

  /**
   * Puts arguments at the end of the arguments of a container.
   *
   * @param args at least one
   * @param options which container
   * @throws if there are none
   */
  public static appendArgs(args: string[], options: ContainerChoice = {}): Overrider {
    refuse(wordTroubles('appendArgs', args));
    return new Overrider(changeWordsIntent('add', 'args', args, options.container, 'Overrider.appendArgs'));
  }

  /**
   * Takes arguments out of the arguments of a container, each wherever it stands. Synth fails when the template does not have one.
   *
   * @param args at least one
   * @param options which container
   * @throws if there are none
   */
  public static removeArgs(args: string[], options: ContainerChoice = {}): Overrider {
    refuse(wordTroubles('removeArgs', args));
    return new Overrider(changeWordsIntent('remove', 'args', args, options.container, 'Overrider.removeArgs'));
  }

  /**
   * Sets requests and limits of a container; those that are not named stay as they are.
   *
   * @param resources what to set
   * @throws if nothing is to be set, or an amount is no quantity
   */
  public static resources(resources: ResourcesOverrider): Overrider {
    refuse(resourcesTroubles(resources));
    return new Overrider(resourcesIntent(resources));
  }

  /**
   * Sets the number of replicas. Synth fails where the placement of the object divides its replicas: Karmada counts what it
   * assigned to a cluster, and the cluster would run another number.
   *
   * @param count how many, 0 or more
   * @throws if it is no whole number, or less than 0
   */
  public static replicas(count: number): Overrider {
    if (!Number.isInteger(count) || count < 0) {
      refuse([{ what: `Overrider.replicas is given ${count}`, fix: 'give a whole number, 0 or more' }]);
    }
    return new Overrider(replicasIntent(count));
  }

  /**
   * Sets the class of an Ingress: which controller serves it.
   *
   * @param name name of the IngressClass on the member clusters
   * @throws if no object can have the name
   */
  public static ingressClass(name: string): Overrider {
    refuse(nameTroubles('an IngressClass', name));
    return new Overrider(ingressClassIntent(name));
  }

  /**
   * Sets the storage class of a PersistentVolumeClaim, or of a claim template of a StatefulSet. A cluster that has the claim already
   * refuses another class.
   *
   * @param name name of the StorageClass on the member clusters
   * @param options which claim template
   * @throws if no object can have the name
   */
  public static storageClass(name: string, options: StorageClassOptions = {}): Overrider {
    refuse(nameTroubles('a StorageClass', name));
    return new Overrider(storageClassIntent(name, options.claimTemplate));
  }

  /**
   * Sets a value inside the JSON document that a text field holds, such as a file in a ConfigMap.
   *
   * @param field JSON pointer of the field, or the key of a ConfigMap
   * @param subPath JSON pointer into the document, such as `/log/level`
   * @param value the new value
   * @throws if there is no value
   */
  public static jsonField(field: string, subPath: string, value: any): Overrider {
    const what = documentWords('jsonField', field, subPath);
    refuse(valueTroubles(what, value, 'Overrider.removeJsonField'));
    return new Overrider(documentIntent('json', field, subPath, value, what));
  }

  /**
   * Takes a value out of the JSON document that a text field holds. Synth fails when the document does not have it.
   *
   * @param field JSON pointer of the field, or the key of a ConfigMap
   * @param subPath JSON pointer into the document
   */
  public static removeJsonField(field: string, subPath: string): Overrider {
    return new Overrider(
      documentIntent('json', field, subPath, undefined, documentWords('removeJsonField', field, subPath)),
    );
  }

  /**
   * Sets a value inside the YAML document that a text field holds, such as a file in a ConfigMap. Karmada writes the document
   * anew: its comments are lost and its keys come in another order.
   *
   * @param field JSON pointer of the field, or the key of a ConfigMap
   * @param subPath JSON pointer into the document, such as `/log/level`
   * @param value the new value
   * @throws if there is no value
   */
  public static yamlField(field: string, subPath: string, value: any): Overrider {
    const what = documentWords('yamlField', field, subPath);
    refuse(valueTroubles(what, value, 'Overrider.removeYamlField'));
    return new Overrider(documentIntent('yaml', field, subPath, value, what));
  }

  /**
   * Takes a value out of the YAML document that a text field holds. Synth fails when the document does not have it.
   *
   * @param field JSON pointer of the field, or the key of a ConfigMap
   * @param subPath JSON pointer into the document
   */
  public static removeYamlField(field: string, subPath: string): Overrider {
    return new Overrider(
      documentIntent('yaml', field, subPath, undefined, documentWords('removeYamlField', field, subPath)),
    );
  }

  /**
   * Any other change, as an operation of JSON Patch (RFC 6902). The pointer is checked against the template as the overriders
   * before it left it; one by name is shorter and finds its place by itself.
   *
   * @param operator what to do
   * @param path JSON pointer of the place, such as `/spec/replicas`
   * @param value the value to add, or to put in place of the old one; none to remove
   * @throws if the operator needs a value and has none, or has one and needs none
   */
  public static patch(operator: PatchOperator, path: string, value?: any): Overrider {
    refuse(patchTroubles(operator, path, value));
    return new Overrider(patchIntent(operator, path, value));
  }

  /** @internal */
  public readonly _intent: Intent;

  private constructor(intent: Intent) {
    this._intent = intent;
  }
}
