import { createHmac } from 'node:crypto';
import { derivedKey, Seal } from '../sealing';

/** What was answered, as it went over the wire. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Answers may hold what is shown only once, and requests what is never stored at all: answers are encrypted and requests known by a MAC
 * only, under keys made of the installation's secret. Without it the table says neither.
 */
export class AnswerSeal {
  private readonly answers: Seal;
  private readonly requestKey: Buffer;

  constructor(secret: string) {
    this.answers = new Seal(secret, 'idempotency answer');
    this.requestKey = derivedKey(secret, 'idempotency request');
  }

  mac(...parts: (string | Uint8Array)[]): Buffer {
    const mac = createHmac('sha256', this.requestKey);
    for (const part of parts) mac.update(`${part.length}:`).update(part);
    return mac.digest();
  }

  seal(answer: StoredAnswer): Buffer {
    return this.answers.seal(JSON.stringify(answer));
  }

  /** Null for what was sealed under another secret, or changed since. */
  open(sealed: Buffer): StoredAnswer | null {
    const text = this.answers.open(sealed);
    return text === null ? null : (JSON.parse(text) as StoredAnswer);
  }
}
