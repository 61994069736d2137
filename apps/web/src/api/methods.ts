const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Questions that are too long for an address. */
const QUESTIONS =
  /\/(backtests\/compare|data\/inspect|deployments\/[^/]+\/dry-run|signals\/(explain|validate-rule-tree))$/;

/** Whether a request changes nothing by its method: any other proves that a page of ours has sent it. */
export const isSafe = ({ method }: Pick<Request, 'method'>): boolean => SAFE.has(method);

/** Whether something may have been done where the answer does not come. */
export const isChange = (request: Pick<Request, 'method' | 'url'>): boolean =>
  !isSafe(request) && !QUESTIONS.test(new URL(request.url).pathname);
