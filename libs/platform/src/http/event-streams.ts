import { DomainError } from '@assay/primitives';
import { Injectable } from '@nestjs/common';

export const MOST_STREAMS = { user: 20, process: 500 } as const;
const RETRY_AFTER_S = 10;

/** Counts the streams of events that are open: each is a connection and a question to the database every few seconds. */
@Injectable()
export class EventStreams {
  private total = 0;
  private readonly of = new Map<string, number>();

  /** @returns what to call at the end of the stream. @throws DomainError 429 beyond the user's number, 503 beyond the process's */
  open(userId: string): () => void {
    const own = this.of.get(userId) ?? 0;
    const facts = { retry_after_s: RETRY_AFTER_S };
    if (own >= MOST_STREAMS.user) {
      const message = `open streams of one user must be at most ${MOST_STREAMS.user}: close one first`;
      throw new DomainError('rate_limited', message, { ...facts, limit: MOST_STREAMS.user });
    }
    if (this.total >= MOST_STREAMS.process) {
      throw new DomainError(
        'overloaded',
        `open streams must be at most ${MOST_STREAMS.process}: try again later`,
        facts,
      );
    }
    this.total += 1;
    this.of.set(userId, own + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.total -= 1;
      const left = this.of.get(userId)! - 1;
      if (left > 0) this.of.set(userId, left);
      else this.of.delete(userId);
    };
  }
}
