/** What the thread of the runtime is asked; one question at a time. */
export type OnnxRequest =
  | { kind: 'open'; key: string; bytes: Uint8Array }
  | { kind: 'close'; key: string }
  | {
      kind: 'run';
      key: string;
      input: string;
      output: string;
      type: FloatType;
      shape: number[];
      values: ArrayLike<number>;
    };

export type OnnxReply =
  | { kind: 'opened'; signature: OnnxSignature }
  | { kind: 'closed' }
  /** `dims` of the output, its values as doubles; null where it holds no numbers. */
  | { kind: 'ran'; dims: number[]; values: Float64Array | null; type: string }
  /** `missing`: the runtime itself cannot be loaded. */
  | { kind: 'failed'; missing: boolean; message: string };

export type FloatType = 'float32' | 'float64';

/** A value that goes in or comes out: its dimensions are numbers, or names where they are free. */
export interface OnnxValue {
  name: string;
  /** False for maps and sequences. */
  isTensor: boolean;
  type: string;
  shape: readonly (number | string)[];
}

export interface OnnxSignature {
  inputs: OnnxValue[];
  outputs: OnnxValue[];
}
