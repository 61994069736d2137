/** CloudEvents 1.0 envelope with our extension attributes. */
export interface CloudEvent<T = unknown> {
  specversion: '1.0';
  id: string;
  /** `/assay/research` or `/assay/trade`. */
  source: string;
  type: string;
  /** `<aggregate kind>/<aggregate id>`. */
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  /** Rises by one per aggregate; consumers ignore what is lower than the last they saw. */
  sequence: number;
  correlationid: string;
  /** User id of whoever caused it. */
  actor: string | null;
  data: T;
}
