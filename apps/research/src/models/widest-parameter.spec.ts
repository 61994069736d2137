import type { ParameterSchema } from '@assay/contracts';
import { modelPlugins } from '@assay/pipeline';
import { widest } from './widest-parameter';

const whole = (minimum: number, maximum: number, value: number): ParameterSchema => ({
  type: 'integer',
  minimum,
  maximum,
  default: value,
  description: 'units',
});

describe('the parameter of several kinds', () => {
  it('is as wide as the widest of them and has a default where they agree', () => {
    expect(widest([whole(1, 256, 16), whole(2, 128, 16)])).toEqual(whole(1, 256, 16));
    expect(widest([whole(1, 256, 16), whole(1, 128, 8)])).toMatchObject({ maximum: 256, default: undefined });
    const part: ParameterSchema = {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 1,
      description: 'a part',
    };
    expect(widest([part, { ...part, maximum: undefined }])).toMatchObject({ exclusiveMinimum: 0, maximum: undefined });
    const penalty: ParameterSchema = { type: 'number', minimum: 0, default: 1, description: 'a penalty' };
    const merged = widest([part, penalty]);
    expect(merged).toMatchObject({ minimum: 0, description: 'differs by kind' });
    expect(merged).not.toHaveProperty('exclusiveMinimum');
  });

  it('takes every value that a kind takes', () => {
    for (const name of ['units', 'steps', 'trees', 'l2', 'max_depth', 'class_weight']) {
      const all = [...modelPlugins.values()].flatMap(({ parameterSchema }) => parameterSchema.properties[name] ?? []);
      const merged = widest(all);
      for (const schema of all) {
        if (schema.type === 'string') {
          expect(merged).toMatchObject({ enum: expect.arrayContaining([...schema.enum!]) as string[] });
          continue;
        }
        const { minimum = -Infinity, maximum = Infinity } = merged as { minimum?: number; maximum?: number };
        expect(minimum).toBeLessThanOrEqual(schema.minimum ?? schema.exclusiveMinimum ?? -Infinity);
        expect(maximum).toBeGreaterThanOrEqual(schema.maximum ?? Infinity);
      }
    }
  });
});
