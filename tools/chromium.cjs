// Where a browser for the tests of pages is: CHROMIUM, else Debian's, else Chrome; undefined where there is none.
const { existsSync } = require('node:fs');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

exports.chromium = process.env.CHROMIUM || PLACES.find(existsSync);
