import { type Trouble, troubles } from '../core/private/trouble';

/** Options of every `PullMode`. */
export interface PullModeOptions {
  /**
   * Where members reach the Karmada API server, such as `https://karmada.example.com:5443`. Its certificate has to hold the
   * name: see `subjectAlternativeNames` of `ApiServerExposure`.
   */
  readonly server: string;
}

/**
 * Members that Karmada cannot reach, and that fetch from it instead: what its API server has for them to begin with.
 *
 * In none of the ways does anybody get the user `system:karmada:agent:rbac-generator`, who may do everything: karmadactl lets
 * each holder of a token become that user. The rights of an agent are made by whoever joins it, for its own member alone.
 *
 * @see https://karmada.io/docs/userguide/clustermanager/cluster-registration#register-cluster-with-pull-mode
 * @example
 * import { ApiServerExposure, PullMode } from 'cdk8s-karmada';
 *
 * const exposure = ApiServerExposure.loadBalancer({ subjectAlternativeNames: ['karmada.example.com'] });
 * const pullMode = PullMode.joined({ server: 'https://karmada.example.com:5443' });
 */
export class PullMode {
  /**
   * Members are joined with `cdk8s-karmada member join`, by somebody with rights on Karmada: there are no tokens, and what is
   * published is for those who may read it.
   *
   * @throws if the server is no https URL
   */
  public static joined(options: PullModeOptions): PullMode {
    return new PullMode('joined', options.server);
  }

  /**
   * Whoever holds a bootstrap token may ask for the certificate of an agent; a person approves it. With
   * `cdk8s-karmada member token` you make such a token for the owner of a cluster, who joins it without rights on Karmada.
   * Everybody who reaches the API server may read where it is.
   *
   * @throws if the server is no https URL
   */
  public static requested(options: PullModeOptions): PullMode {
    return new PullMode('requested', options.server);
  }

  /**
   * Whoever holds a bootstrap token, such as one of `cdk8s-karmada member token`, gets the certificate of an agent at once: of any
   * agent, those of other members too, which finding MC108 says.
   *
   * @throws if the server is no https URL
   */
  public static autoApproved(options: PullModeOptions): PullMode {
    return new PullMode('autoApproved', options.server);
  }

  private constructor(
    /** @internal */
    public readonly _way: 'joined' | 'requested' | 'autoApproved',
    /** @internal */
    public readonly _server: string,
  ) {
    const wrong = serverTroubles(`PullMode.${_way}`, _server);
    if (wrong.length) throw troubles(wrong);
  }

  /**
   * The name or the address that members call it by.
   *
   * @internal
   */
  public get _host(): string {
    return new URL(this._server).hostname.replace(/^\[|\]$/g, '');
  }
}

function serverTroubles(at: string, server: string): Trouble[] {
  const fix = 'write it like https://karmada.example.com:5443';
  // a password would be in what is quoted
  if (URL.canParse(server) && new URL(server).password)
    return [{ what: 'server must have no user and no password: the output is for everybody to read', at, fix }];
  if (!URL.canParse(server) || !/^https:\/\/[^/?#@]+\/?$/.test(server))
    return [{ what: `server must be an https URL of a host and a port alone, got "${server}"`, at, fix }];
  return [];
}
