// Strings of the screen: exchange.

export const exchange = {} as const;
