import { Stack, Text } from '@mantine/core';
import { usePalette } from '../../charts/palette';
import type { Track } from './chosen';

const LEFT = 190;
const WIDTH = 720;
const HEIGHT = 44;

/** Which value each fold chose of every parameter, from its lowest to its highest choice. The same stands in the table of the folds. */
export function TracksPicture({ tracks, names }: { tracks: readonly Track[]; names: ReadonlyMap<string, string> }) {
  const palette = usePalette();
  const folds = tracks[0]?.values.length ?? 0;
  const x = (fold: number) => LEFT + ((fold + 0.5) * (WIDTH - LEFT - 10)) / Math.max(1, folds);
  return (
    <Stack gap={4} component="figure" m={0}>
      <Text size="xs" c="dimmed">
        The flatter a line, the steadier the choice.
      </Text>
      <svg
        viewBox={`0 0 ${WIDTH} ${tracks.length * HEIGHT + 18}`}
        width="100%"
        role="img"
        aria-label="Chosen value of each parameter, fold after fold; the same stands in the table"
      >
        {tracks.map(({ path, values, places }, row) => {
          const y = (place: number) => row * HEIGHT + 8 + (1 - place) * (HEIGHT - 20);
          const points = places.flatMap((place, fold) => (place === null ? [] : [`${x(fold)},${y(place)}`]));
          return (
            <g key={path}>
              <text x={0} y={row * HEIGHT + HEIGHT / 2} fontSize={10} fill={palette.muted}>
                {names.get(path) ?? path}
              </text>
              <polyline points={points.join(' ')} fill="none" stroke={palette.grid} strokeWidth={1.5} />
              {places.map(
                (place, fold) =>
                  place !== null && (
                    <g key={fold}>
                      <circle cx={x(fold)} cy={y(place)} r={3} fill={palette.series[0]} />
                      <text x={x(fold) + 6} y={y(place) + 3} fontSize={9} fill={palette.muted}>
                        {values[fold]}
                      </text>
                    </g>
                  ),
              )}
            </g>
          );
        })}
        {Array.from({ length: folds }, (_, fold) => (
          <text
            key={fold}
            x={x(fold)}
            y={tracks.length * HEIGHT + 12}
            fontSize={9}
            textAnchor="middle"
            fill={palette.muted}
          >
            {`Fold ${fold + 1}`}
          </text>
        ))}
      </svg>
    </Stack>
  );
}
