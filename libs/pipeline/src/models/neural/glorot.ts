/** Half the width of the uniform distribution that keeps variances through a layer (Glorot and Bengio 2010). */
export const glorotLimit = (inputs: number, units: number): number => Math.sqrt(6 / (inputs + units));
