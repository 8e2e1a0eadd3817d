import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';

/** cdk8s makes `instanceof` true of every object, also for its subclasses. */
const FIXED = new WeakSet<IConstruct>();

/** An object that is rendered in exactly these words: neither the chart's labels nor our annotations get into it. */
export class FixedObject extends ApiObject {
  public static is(construct: IConstruct): boolean {
    return FIXED.has(construct);
  }

  private readonly manifest: any;

  constructor(scope: Construct, id: string, manifest: any) {
    super(scope, id, manifest);
    this.manifest = manifest;
    FIXED.add(this);
  }

  public toJson(): any {
    return this.manifest;
  }
}
