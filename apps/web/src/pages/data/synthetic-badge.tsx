import { Badge } from '@mantine/core';

/** Made-up bars are called so wherever they are listed; what rests on them says it with `MadeUpBars`. */
export const SyntheticBadge = () => (
  <Badge color="grape" variant="light" radius="sm" tt="none">
    Made up
  </Badge>
);
