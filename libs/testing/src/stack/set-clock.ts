/** Runs before a process's own code and puts its `Date.now()` ahead. */
const AHEAD = (aheadMs: number): string =>
  `data:text/javascript,const now = Date.now.bind(Date); Date.now = () => now() + ${aheadMs};`;

/**
 * Sets the clock of this process to an instant, from where it goes on until mocks are restored: what a test sees does not hang on the
 * hour it runs at. `new Date()` stays as it is: it says when a row was written.
 *
 * @returns arguments of Node with which a child process has the same clock
 */
export function setClock(instant: string): string[] {
  const real = Date.now.bind(Date);
  const aheadMs = Date.parse(instant) - real();
  jest.spyOn(Date, 'now').mockImplementation(() => real() + aheadMs);
  return ['--import', AHEAD(aheadMs)];
}
