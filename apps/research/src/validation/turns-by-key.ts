/** Works on the same thing one after the other, within this process. */
export class TurnsByKey {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @throws what the work throws; AbortError where it is aborted before its turn */
  async take<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const own = (async () => {
      await before?.catch(() => undefined);
      signal.throwIfAborted();
      return work();
    })();
    this.last.set(key, own);
    try {
      return await own;
    } finally {
      if (this.last.get(key) === own) this.last.delete(key);
    }
  }
}
