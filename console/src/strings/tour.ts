// Strings of the screen: tour.

export const tour = {} as const;
