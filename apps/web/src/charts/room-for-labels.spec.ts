import { roomForLabels } from './room-for-labels';

const width = (text: string) => 10 * text.length;
const at =
  (scale: number, shift = 0) =>
  (time: number) =>
    time * scale + shift;
const mark = (time: number, kind: 'buy' | 'sell' | 'note', text = 'long') => ({ time, kind, text });

describe('room for labels', () => {
  it('goes to the first of two that would overprint on one side of the bars', () => {
    const markers = [mark(1, 'buy'), mark(2, 'buy'), mark(6, 'buy')];
    expect(roomForLabels(markers, at(10), width)).toEqual([true, false, true]);
  });

  it('is reckoned for each side by itself: notes stand above, as sales do', () => {
    const markers = [mark(1, 'buy'), mark(1, 'sell'), mark(2, 'note')];
    expect(roomForLabels(markers, at(10), width)).toEqual([true, true, false]);
  });

  it('is there for all once the bars lie far enough apart, and the same wherever the picture is moved', () => {
    const markers = [mark(1, 'sell'), mark(2, 'sell'), mark(3, 'sell')];
    expect(roomForLabels(markers, at(46), width)).toEqual([true, true, true]);
    expect(roomForLabels(markers, at(45), width)).toEqual([true, false, true]);
    expect(roomForLabels(markers, at(45, -400), width)).toEqual([true, false, true]);
  });

  it('is none where no bar is drawn, and such a label takes none from others', () => {
    const x = (time: number) => (time === 1 ? null : time * 10);
    expect(roomForLabels([mark(1, 'buy'), mark(2, 'buy')], x, width)).toEqual([false, true]);
  });
});
