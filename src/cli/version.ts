declare const __SPILLWAY_VERSION__: string;

/** package.json's version, written into the bundle by tools/build.mjs. */
export const version = __SPILLWAY_VERSION__;
