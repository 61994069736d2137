import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What was answered, as it went over the wire. */
export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derive = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'assay', `idempotency ${purpose}`, 32));

/**
 * Answers may hold what is shown only once, and requests what is never stored at all: answers are encrypted and requests known by a MAC
 * only, under keys made of the installation's secret. Without it the table says neither.
 */
export class AnswerSeal {
  private readonly answerKey: Buffer;
  private readonly requestKey: Buffer;

  constructor(secret: string) {
    this.answerKey = derive(secret, 'answer');
    this.requestKey = derive(secret, 'request');
  }

  mac(...parts: (string | Uint8Array)[]): Buffer {
    const mac = createHmac('sha256', this.requestKey);
    for (const part of parts) mac.update(`${part.length}:`).update(part);
    return mac.digest();
  }

  seal(answer: StoredAnswer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.answerKey, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  /** Null for what was sealed under another secret, or changed since. */
  open(sealed: Buffer): StoredAnswer | null {
    try {
      const decipher = createDecipheriv(ALGORITHM, this.answerKey, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as StoredAnswer;
    } catch {
      return null;
    }
  }
}
