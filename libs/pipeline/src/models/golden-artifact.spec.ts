import { createHash } from 'node:crypto';
import type { PipelineDocument } from '@assay/contracts';
import { runBacktest } from '../backtest';
import { backtestPredictions, prepareStrategy } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor } from '../fixtures/documents';
import { configHash } from '../hash';
import { fitModelOf } from '../tasks';
import { lookAheadAudit, runCpcv, runWalkForward } from '../validation';
import { sweepOf } from '../fixtures/sweep-of';

const bars = syntheticBars(700, 3, 0.002);
const TRAIN: [number, number] = [0, 500];

/** SHA-256 over the 64-bit patterns. */
function digest(...columns: Float64Array[]): string {
  const hash = createHash('sha256');
  for (const column of columns) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex');
}

/** What is stored, signed for and traded: a change of any of these bits is another product. */
describe('a fitted model', () => {
  const document = logisticOnFactor();
  const fitted = fitModelOf({ document, bars, train: TRAIN });
  const { sha256, trainEnd } = fitted;

  it('has the bytes and the hashes it always had', () => {
    expect(new TextDecoder().decode(fitted.bytes)).toMatchInlineSnapshot(
      `"{"coefficients":[0.28039730746755187,0.14403074098846913,0.014047629882396915,-0.0761666042822114,-0.015015853676661924],"converged":true,"format":"assay.logistic.v1","inputs":["factor","rsi_14","atr_ratio","momentum_21","vol_21"],"intercept":0.25921725274935203,"iterations":4,"label":{"horizon":1,"kind":"forward_return_sign"},"means":[0.14240280201530034,56.325864197589304,0.0095778986845208,2.3338550137251115,0.14574264057735561],"params":{"l2":1,"max_iterations":50,"tolerance":1e-8},"scales":[1.0563970985114708,13.48772292882836,0.0012617019536765408,5.160370352104064,0.025167214557304817],"seed":1,"train":{"first_bar":"2010-01-22T00:00:00.000Z","rows":478,"train_end":"2011-05-15T00:00:00.000Z"}}"`,
    );
    expect([sha256, trainEnd, fitted.rows, configHash(document)]).toMatchInlineSnapshot(`
     [
       "172a62ad9cf714d299e307c502daa042a67e5677d211205d8a0beb40a84ab825",
       "2011-05-15T00:00:00.000Z",
       478,
       "6b9b64e0924408c4223196578759e76d90e40e871d5da6fd7328bcf531e662d1",
     ]
    `);
  });

  it('predicts the bits it always predicted, by refits and by its artifact', () => {
    const refits = backtestPredictions(prepareStrategy(document, bars), null)!;
    const artifact = { uri: `artifact:sha256/${sha256}`, sha256, train_end: trainEnd };
    const traded: PipelineDocument = { ...document, artifact };
    const served = backtestPredictions(prepareStrategy(traded, bars), fitted.bytes)!;
    expect([digest(refits.values), digest(served.values), configHash(traded)]).toMatchInlineSnapshot(`
     [
       "d10cc04a81781c1209b681799bee929fe467673b2ceb836be048c7ab6a168792",
       "a55ce97914a54d91ae43e89b9ccede50dd1dda9a8067e27fc845ec5698800144",
       "6b9b64e0924408c4223196578759e76d90e40e871d5da6fd7328bcf531e662d1",
     ]
    `);
    const { returns, evaluation } = runBacktest({ document: traded, bars, artifact: fitted.bytes });
    expect(digest(returns, evaluation.weights)).toMatchInlineSnapshot(
      `"d2a4a9d836d87d0ebee94668fc282b089372deedce9079354bcf016a890d87b7"`,
    );
  });

  it('is judged as it always was', () => {
    const walked = runWalkForward({ document, bars });
    const crossed = runCpcv({ document, bars });
    const audit = lookAheadAudit({ document, bars, cuts: 3 });
    expect([
      digest(...walked.folds.map((fold) => fold.oosReturns)),
      digest(...crossed.paths.map((path) => path.returns)),
      [audit.cuts.length, audit.mismatches],
    ]).toMatchInlineSnapshot(`
     [
       "b01b04b33cce573bc1e4e235d6df1912f6b89924ac09dd1a8cc2334636fc2c2e",
       "6e2a470faa63f4e3b4ef7037fd477dbcbf8dc7c9faf323865161b78f3ce3d2fc",
       [
         3,
         0,
       ],
     ]
    `);
  });

  it('is swept as it always was', () => {
    const swept = sweepOf({
      document,
      bars,
      params: [
        { path: 'model.params.l2', values: [0.1, 10] },
        { path: 'signal.rule_tree.groups.0.rules.0.value', values: [0.51, 0.53] },
      ],
      withSeries: true,
    });
    expect([digest(swept.sharpe), digest(...swept.returns)]).toEqual([
      '8bf3f3167a5e401b2e26e87aa51ce749f0f28a46bb4b1c43dc25728d7a01ca8c',
      '2bba974e6f3d30229462f182aafa51eacca67998f737ca502be7dec190201846',
    ]);
  });
});
