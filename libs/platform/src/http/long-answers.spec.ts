import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { StreamableFile } from '@nestjs/common';
import { LongAnswers } from './long-answers';

const answer = (): Promise<StreamableFile> => Promise.resolve(new StreamableFile(Readable.from(['x'])));
const readable = (file: StreamableFile): Readable => file.getStream();

describe('long answers', () => {
  it('are so many at a time, half of them to one caller', async () => {
    const answers = new LongAnswers(4);
    for (let i = 0; i < 2; i += 1) await answers.give('a', answer);
    await expect(answers.give('a', answer)).rejects.toMatchObject({ code: 'rate_limited' });
    for (let i = 0; i < 2; i += 1) await answers.give('b', answer);
    await expect(answers.give('c', answer)).rejects.toMatchObject({ code: 'overloaded' });
  });

  it.each<[string, (stream: Readable) => unknown]>([
    ['read to its end', (stream) => stream.resume()],
    ['left before it was read', (stream) => stream.destroy()],
    ['broken', (stream) => stream.destroy(new Error('gone'))],
  ])('make room when one is %s', async (_, end) => {
    const answers = new LongAnswers(2);
    const stream = readable(await answers.give('a', answer));
    await expect(answers.give('a', answer)).rejects.toMatchObject({ code: 'rate_limited' });
    end(stream);
    await finished(stream).catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await answers.give('a', answer)).toBeInstanceOf(StreamableFile);
  });

  it('make room when one is refused before it begins', async () => {
    const answers = new LongAnswers(2);
    const refused = (): Promise<StreamableFile> => Promise.reject(new Error('no such series'));
    for (let i = 0; i < 3; i += 1) await expect(answers.give('a', refused)).rejects.toThrow('no such series');
  });
});
