/** The proxy through which components reach what is outside their cluster. */
export interface OutboundProxyOptions {
  /** Where it is, such as `http://proxy.example.com:3128`. It stands in the output, so it holds no password. */
  readonly url: string;

  /**
   * More names, addresses and ranges that are reached without it, such as `.example.com` or `10.0.0.0/8`: what is inside the
   * cluster never goes through it.
   *
   * @default - none
   */
  readonly noProxy?: string[];
}
