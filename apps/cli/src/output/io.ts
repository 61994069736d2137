import { once } from 'node:events';

/** Where a command writes: answers to `out`, progress and complaints to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Bytes of an answer; done when there is room for more. */
  outBytes(bytes: Uint8Array): Promise<void>;
  /** Whether a person with a colour terminal reads `out`; never with NO_COLOR or a dumb terminal. */
  readonly outHasColour: boolean;
  readonly errIsTerminal: boolean;
}

/** A reader such as `head` that has seen enough is no failure. */
function endQuietlyWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

export const processIo: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  outBytes: async (bytes) => {
    if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
  },
  get outHasColour() {
    return process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  },
  get errIsTerminal() {
    return process.stderr.isTTY === true;
  },
};

/** Called once by the process that owns the streams. */
export function guardStreams(): void {
  endQuietlyWhenClosed(process.stdout);
  endQuietlyWhenClosed(process.stderr);
}
