/** End of the names under which new files are written before they are renamed; one that is found later is of an interrupted render. */
export const leftoverSuffix = '.spillway-new';
