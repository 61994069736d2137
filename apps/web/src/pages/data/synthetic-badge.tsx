import { Badge } from '@mantine/core';

/** Made-up bars are called so wherever they are shown. */
export const SyntheticBadge = () => (
  <Badge color="grape" variant="light" radius="sm" tt="none">
    Made up
  </Badge>
);
