import { writeManifest } from './manifest-yaml';

/** How `yaml`, with which cdk8s writes its files, knows a document that writes itself, whichever copy of `yaml` it is. */
const NODE_TYPE = Symbol.for('yaml.node.type');
const DOCUMENT = Symbol.for('yaml.document');

/**
 * A manifest that is also a document to `yaml`: cdk8s then asks it for its text. Otherwise `yaml` would build a tree of nodes
 * first, which takes longer than everything else in a synth. To all others it is the plain object that it was.
 */
export function selfWritten(manifest: any): any {
  if ('contents' in manifest || Object.hasOwn(manifest, 'toString')) return manifest;
  return Object.defineProperties(manifest, MEMBERS);
}

const MEMBERS: PropertyDescriptorMap & ThisType<any> = {
  [NODE_TYPE]: { value: DOCUMENT },
  contents: {
    // what it is as a part of another document
    get() {
      return { ...this };
    },
  },
  toString: {
    value() {
      return writeManifest(this);
    },
  },
};
