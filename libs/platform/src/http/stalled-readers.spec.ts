import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { StreamableFile } from '@nestjs/common';
import { LongAnswers } from './long-answers';
import { endStalled } from './stalled-readers';

const REQUEST = 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';

describe('readers of a long answer', () => {
  let server: Server;
  let reader: Socket;

  /** Asks a server that sends `pieces` by one of two places for answers, of which the reader may have one. */
  const asked = async (pieces: AsyncIterable<Buffer>, stalledMs: number) => {
    const answers = new LongAnswers(2);
    const file = (): Promise<StreamableFile> => Promise.resolve(new StreamableFile(Readable.from(pieces)));
    const stream = (await answers.give('a', file)).getStream();
    const ended = finished(stream).catch(() => undefined);
    await expect(answers.give('a', file)).rejects.toMatchObject({ code: 'rate_limited' });
    server = createServer((_, response) => {
      endStalled(response, stalledMs);
      response.once('close', () => stream.destroy());
      stream.pipe(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = once(server, 'request') as unknown as Promise<[unknown, ServerResponse]>;
    reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.on('error', () => undefined);
    reader.write(REQUEST);
    const [, response] = await request;
    return { response, ended, again: () => answers.give('a', file) };
  };

  async function* endless(length: number): AsyncGenerator<Buffer> {
    const piece = Buffer.alloc(length, 'x');
    for (;;) yield await Promise.resolve(piece);
  }

  afterEach(() => {
    reader.destroy();
    server.close();
  });

  it('who take nothing lose connection and place', async () => {
    const { response, ended, again } = await asked(endless(1 << 20), 50);
    await once(response, 'close');
    await ended;
    expect(response.writableFinished).toBe(false);
    await expect(again()).resolves.toBeInstanceOf(StreamableFile);
  });

  it('who take some of it each time keep both', async () => {
    const stalledMs = 500;
    // no piece is through before the server has looked several times
    const length = 1 << 27;
    const { response } = await asked(endless(length), stalledMs);
    reader.on('data', () => {
      reader.pause();
      setTimeout(() => reader.resume(), 10);
    });
    const inTime = { signal: AbortSignal.timeout(4 * stalledMs) };
    await expect(once(response, 'close', inTime)).rejects.toThrow('aborted');
    expect(reader.bytesRead).toBeLessThan(length);
  });

  it('who wait for the server keep both', async () => {
    let goOn = (): void => undefined;
    const made = new Promise<void>((resolve) => (goOn = resolve));
    async function* late(): AsyncGenerator<Buffer> {
      yield Buffer.from('first ');
      await made;
      yield Buffer.from('second');
    }
    const { response } = await asked(late(), 20);
    let got = '';
    reader.on('data', (chunk) => (got += chunk.toString('latin1')));
    await once(response, 'timeout');
    goOn();
    await once(reader, 'end');
    expect([response.writableFinished, got]).toEqual([true, expect.stringContaining('second')]);
  });
});
