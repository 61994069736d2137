export type TensorFlow = typeof import('@tensorflow/tfjs');

let loaded: TensorFlow | undefined;

/** TensorFlow.js on its processor backend, loaded by the first network that is fitted: start-up counts. */
export function tensorFlow(): TensorFlow {
  if (loaded) return loaded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- fits are synchronous
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  // without it each first use writes advice to the terminal
  tf.enableProdMode();
  void tf.setBackend('cpu');
  if (tf.getBackend() !== 'cpu') throw new Error(`TensorFlow.js must run on its cpu backend, was ${tf.getBackend()}`);
  return (loaded = tf);
}
