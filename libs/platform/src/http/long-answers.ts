import { DomainError } from '@assay/primitives';
import type { StreamableFile } from '@nestjs/common';

const RETRY_AFTER_S = 5;

/**
 * So many answers at a time that hold much until their readers have taken it, half of them to one caller; more are refused at
 * once, so that readers who do not read cost a stated amount of memory.
 */
export class LongAnswers {
  private open = 0;
  private readonly openOf = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** @throws DomainError `overloaded`, `rate_limited`, or whatever `make` refuses */
  async give(caller: string, make: () => Promise<StreamableFile>): Promise<StreamableFile> {
    const leave = this.enter(caller);
    try {
      const answer = await make();
      answer.getStream().once('close', leave);
      return answer;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private enter(caller: string): () => void {
    const facts = { retry_after_s: RETRY_AFTER_S };
    if (this.open >= this.most) {
      const message = `exports must be at most ${this.most} at a time: try again in ${RETRY_AFTER_S} s`;
      throw new DomainError('overloaded', message, facts);
    }
    const [own, mostOfOne] = [this.openOf.get(caller) ?? 0, Math.ceil(this.most / 2)];
    if (own >= mostOfOne) {
      const message = `exports of one caller must be at most ${mostOfOne} at a time: end some, or wait for them`;
      throw new DomainError('rate_limited', message, facts);
    }
    this.open += 1;
    this.openOf.set(caller, own + 1);
    return () => {
      this.open -= 1;
      const left = this.openOf.get(caller)! - 1;
      if (left > 0) this.openOf.set(caller, left);
      else this.openOf.delete(caller);
    };
  }
}
