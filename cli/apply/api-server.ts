import type { Duplex } from 'node:stream';
import { ExitCode } from '../plan/command-error';
import type { Plane } from '../plan/plan';

export type { Plane };

/** One request, as it goes over the wire. */
export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE';
  /** Path without query, such as `/api/v1/namespaces/default/configmaps/x`. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For a body: `application/json` unless said otherwise; server-side apply needs `application/apply-patch+yaml`. */
  readonly contentType?: string;
  /** `Accept` header; `application/json` unless said otherwise (aggregated discovery has a media type of its own). */
  readonly accept?: string;
  /** Gives up after this long; every request has an end. Default 30 s. */
  readonly timeoutMs?: number;
}

/** An answer of any status: callers look at `status`, a refusal is not an exception. */
export interface ApiResponse {
  readonly status: number;
  /** Parsed JSON, or the text where the server sent no JSON. */
  readonly body: any;
  /** The server's `Warning` headers, unescaped. */
  readonly warnings: readonly string[];
  /** Seconds that a `Retry-After` header asks for. */
  readonly retryAfter?: number;
  /** The server's clock when it answered, in milliseconds since 1970; it is exact to the second. */
  readonly date?: number;
}

/** A port of a pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/**
 * One API server: the door through which plan and apply reach the network, so that everything behind it can be tested
 * with a server of any make. Throws `Unreachable` when no answer came.
 */
export interface ApiServer {
  readonly plane: Plane;
  /** Base URL, such as `https://10.0.0.1:6443`. */
  readonly url: string;
  /** Where its credentials come from, such as `context "prod"`. */
  readonly name?: string;
  request(request: ApiRequest): Promise<ApiResponse>;
  /**
   * A request whose answer comes line by line for as long as the server, or the signal, lets it: each line is told as the
   * value that it is. Ends with the status. Left out where only whole answers can be had.
   */
  watch?(request: ApiRequest, line: (value: any) => void, signal: AbortSignal): Promise<ApiResponse>;
  /** A connection to a port of a pod that runs there. Left out where there are no pods. */
  openPort?(port: PodPort): Promise<Duplex>;
  /**
   * Certificates (PEM) of the authorities that it is verified with; undefined: those of this machine. Left out where nobody
   * knows.
   */
  authority?(): Promise<string | undefined>;
  /** Ends the kept-alive connections. */
  close(): Promise<void>;
}

/** No answer: refused, reset, timed out, a certificate that does not verify, credentials that cannot be had. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  /** Exit code of its class. */
  readonly exitCode: ExitCode;
  /** Whether the same request may get an answer later: the network failed, not the configuration. */
  readonly passing: boolean;

  constructor(message: string, options: { readonly exitCode?: ExitCode; readonly passing?: boolean } = {}) {
    super(message);
    this.exitCode = options.exitCode ?? ExitCode.USAGE;
    this.passing = options.passing ?? false;
  }
}
