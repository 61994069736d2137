import { DomainError } from '@assay/primitives';

export interface CapacityLimits {
  /** Requests that are not answered to the last byte yet. */
  open: number;
  /** Of them, those that are worked on at the same time; the rest wait in the order they came. */
  active: number;
  /** Longest wait. */
  waitMs: number;
}

const RETRY_AFTER_S = 1;
const MOST_LONG_BODIES = 4;
const MOST_SPOOLED_BODIES = 16;
const nothing = (): void => undefined;

/** Bounds what one process takes on, so that too much of it is refused at once instead of making everything late. */
export class Capacity {
  private open = 0;
  private active = 0;
  private long = 0;
  private spooled = 0;
  private readonly openOf = new Map<string, number>();
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: CapacityLimits) {}

  /** @returns what to call when the request is over. @throws DomainError `overloaded` */
  enter(): () => void {
    if (this.open >= this.limits.open) throw this.overloaded(`open requests must be at most ${this.limits.open}`);
    this.open += 1;
    return once(() => (this.open -= 1));
  }

  /** For a body that is as long as only few routes take: it lies in memory as a whole. @throws DomainError `overloaded` */
  enterLong(): () => void {
    if (this.long >= MOST_LONG_BODIES) {
      throw this.overloaded(`requests with a long body must be at most ${MOST_LONG_BODIES} at a time`);
    }
    this.long += 1;
    return once(() => (this.long -= 1));
  }

  /** For a body that goes to disk. @throws DomainError `overloaded` */
  enterSpooled(): () => void {
    if (this.spooled >= MOST_SPOOLED_BODIES) {
      throw this.overloaded(`files on their way to disk must be at most ${MOST_SPOOLED_BODIES} at a time`);
    }
    this.spooled += 1;
    return once(() => (this.spooled -= 1));
  }

  /** As `enter` for one caller, who may have half of all. @throws DomainError `rate_limited` */
  enterAs(caller: string): () => void {
    const most = Math.max(1, Math.floor(this.limits.open / 2));
    const count = this.openOf.get(caller) ?? 0;
    if (count >= most) {
      const message = `open requests of one caller must be at most ${most}: end some, or wait for their answers`;
      throw new DomainError('rate_limited', message, { limit: most, retry_after_s: RETRY_AFTER_S });
    }
    this.openOf.set(caller, count + 1);
    return once(() => {
      const left = this.openOf.get(caller)! - 1;
      if (left > 0) this.openOf.set(caller, left);
      else this.openOf.delete(caller);
    });
  }

  /**
   * Waits for a place to work in; whoever has gone meanwhile is passed over.
   *
   * @returns what to call when the work is done. @throws DomainError `overloaded` after the longest wait
   */
  slot(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (this.active < this.limits.active) return Promise.resolve(this.take());
    return new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        const at = this.waiting.indexOf(start);
        if (at >= 0) this.waiting.splice(at, 1);
        settle();
        reject(error);
      };
      const timer = setTimeout(
        () => leave(this.overloaded(`requests at work must be at most ${this.limits.active}, and none ended in time`)),
        this.limits.waitMs,
      );
      const onAbort = (): void => leave(signal.reason as Error);
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const start = (): void => {
        settle();
        resolve(this.take());
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(start);
    });
  }

  private take(): () => void {
    this.active += 1;
    return once(() => {
      this.active -= 1;
      if (this.active < this.limits.active) this.waiting.shift()?.();
    });
  }

  private overloaded(message: string): DomainError {
    return new DomainError('overloaded', `${message}: try again in ${RETRY_AFTER_S} s`, {
      retry_after_s: RETRY_AFTER_S,
    });
  }
}

function once(end: () => void): () => void {
  let due: () => void = end;
  return () => {
    const now = due;
    due = nothing;
    now();
  };
}
