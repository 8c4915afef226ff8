// What each read of v2.0 must say of a vehicle, computed from the state that GET /_sim/vehicles shows (signals of 4.0),
// with none of the simulator's code: the second opinion that the tests compare answers with.
import assert from 'node:assert/strict';

const perMile = 1.609344;
const perGallon = 3.785411784;
const perPsi = 6.894757293168361;

const converted = (number, per, units) => (
  number === null || number === undefined ? null : units === 'imperial' ? number / per : number);
const distance = (km, units) => converted(km, perMile, units);
const degrees = (celsius, units) => (units === 'imperial' ? celsius * 9 / 5 + 32 : celsius);
const fraction = (percent) => (percent === null || percent === undefined ? null : percent / 100);
const milliseconds = (time) => (time === null || time === undefined ? null : new Date(time).toISOString());

const corners = { '0,0': 'frontLeft', '0,1': 'frontRight', '1,0': 'backLeft', '1,1': 'backRight' };
const cornersOf = (signal, show) => (signal?.values ?? []).map((entry) => (
  show(corners[`${entry.row},${entry.column}`], entry)));
const status = (openable) => ({ true: 'OPEN', false: 'CLOSED' })[openable?.isOpen] ?? 'UNKNOWN';
const openings = (signal) => cornersOf(signal, (type, entry) => ({ type, status: status(entry) }));
const lid = (signal, type) => (signal ? [{ type, status: status(signal) }] : []);

// Where the owner chooses the battery; the application appends where to go then.
const choiceOf = (id) => new RegExp(`^http://127\\.0\\.0\\.1:\\d+/battery-capacity\\?vehicle_id=${id}`
  + '&client_id=[0-9a-f-]{36}&token=[0-9a-f-]{36}&response_type=vehicle_id&redirect_uri=$');

const systems = {
  'diagnostics-abs': 'SYSTEM_ABS',
  'diagnostics-activesafety': 'SYSTEM_ACTIVE_SAFETY',
  'diagnostics-airbag': 'SYSTEM_AIRBAG',
  'diagnostics-brakefluid': 'SYSTEM_BRAKE_FLUID',
  'diagnostics-driverassistance': 'SYSTEM_DRIVER_ASSISTANCE',
  'diagnostics-emissions': 'SYSTEM_EMISSIONS',
  'diagnostics-evbatteryconditioning': 'SYSTEM_EV_BATTERY_CONDITIONING',
  'diagnostics-evcharging': 'SYSTEM_EV_CHARGING',
  'diagnostics-evdriveunit': 'SYSTEM_EV_DRIVE_UNIT',
  'diagnostics-evhvbattery': 'SYSTEM_EVHV_BATTERY',
  'diagnostics-lighting': 'SYSTEM_LIGHTING',
  'diagnostics-mil': 'SYSTEM_MIL',
  'diagnostics-oillife': 'SYSTEM_OIL_LIFE',
  'diagnostics-oilpressure': 'SYSTEM_OIL_PRESSURE',
  'diagnostics-oiltemperature': 'SYSTEM_OIL_TEMPERATURE',
  'diagnostics-telematics': 'SYSTEM_TELEMATICS',
  'diagnostics-tirepressure': 'SYSTEM_TIRE_PRESSURE',
  'diagnostics-tirepressuremonitoring': 'SYSTEM_TPMS',
  'diagnostics-transmission': 'SYSTEM_TRANSMISSION',
  'diagnostics-washerfluid': 'SYSTEM_WASHER_FLUID',
  'diagnostics-waterinfuel': 'SYSTEM_WATER_IN_FUEL',
};

export function chargingStatus(state) {
  if (state['charge-ischarging']?.value) return 'CHARGING';
  const full = state['tractionbattery-stateofcharge']?.value >= (state['charge-chargelimits']?.activeLimit ?? 100);
  return state['charge-ischargingcableconnected']?.value && full ? 'FULLY_CHARGED' : 'NOT_CHARGING';
}

function serviceRecord(record, units) {
  const list = (entries, id, text) => (entries ?? []).map((entry) => (
    { [id]: entry.id ?? null, [text]: entry.description ?? null }));
  return {
    serviceId: record.id ?? null,
    serviceDate: milliseconds(record.time),
    odometerDistance: distance(record.odometer, units),
    serviceTasks: list(record.tasks, 'taskId', 'taskDescription'),
    serviceDetails: list(record.details, 'type', 'value'),
    serviceCost: { totalCost: record.cost?.amount ?? null, currency: record.cost?.currency ?? null },
  };
}

// `says` answers undefined where the vehicle lacks the signals. Where neither `still` nor `units` stands, the answer
// carries its age and no unit system.
export const reads = {
  attributes: {
    path: '/',
    permission: 'read_vehicle_info',
    still: true,
    says: (_, __, { id, make, model, year }) => ({ id, make, model, year }),
  },
  vin: { path: '/vin', permission: 'read_vin', still: true, says: (_, __, { vin }) => ({ vin }) },
  odometer: {
    path: '/odometer',
    permission: 'read_odometer',
    units: true,
    says: ({ 'odometer-traveleddistance': driven }, units) => driven && { distance: distance(driven.value, units) },
  },
  location: {
    path: '/location',
    permission: 'read_location',
    says: ({ 'location-preciselocation': at }) => at && { latitude: at.latitude, longitude: at.longitude },
  },
  fuel: {
    path: '/fuel',
    permission: 'read_fuel',
    units: true,
    says: (state, units) => {
      const [amount, level, range] = ['amountremaining', 'fuellevel', 'range'].map((name) => (
        state[`internalcombustionengine-${name}`]?.value));
      if ([amount, level, range].every((value) => value === undefined)) return undefined;
      return {
        amountRemaining: converted(amount, perGallon, units),
        percentRemaining: fraction(level),
        range: distance(range, units),
      };
    },
  },
  battery: {
    path: '/battery',
    permission: 'read_battery',
    units: true,
    says: ({ 'tractionbattery-stateofcharge': charge, 'tractionbattery-range': range }, units) => (
      charge && { percentRemaining: fraction(charge.value), range: distance(range?.value, units) }),
  },
  batteryCapacity: {
    path: '/battery/capacity',
    permission: 'read_battery',
    says: ({ 'tractionbattery-nominalcapacity': nominal }) => nominal && { capacity: nominal.capacity },
  },
  nominalCapacity: {
    path: '/battery/nominal_capacity',
    permission: 'read_battery',
    says: ({ 'tractionbattery-nominalcapacity': nominal }, _, { id }) => nominal && {
      availableCapacities: nominal.availableCapacities.map(({ capacity, description = null }) => (
        { capacity, description })),
      capacity: nominal.capacity === null ? null : { nominal: nominal.capacity, source: nominal.source },
      url: nominal.availableCapacities.length < 2 ? null : choiceOf(id),
    },
  },
  charge: {
    path: '/charge',
    permission: 'read_charge',
    says: (state) => {
      const cable = state['charge-ischargingcableconnected'];
      return cable && { isPluggedIn: cable.value, state: chargingStatus(state) };
    },
  },
  getChargeLimit: {
    path: '/charge/limit',
    permission: 'read_charge',
    says: ({ 'charge-chargelimits': limits }) => limits && { limit: fraction(limits.activeLimit) },
  },
  engineOil: {
    path: '/engine/oil',
    permission: 'read_engine_oil',
    says: ({ 'internalcombustionengine-oillife': life }) => life && { lifeRemaining: fraction(life.value) },
  },
  tirePressure: {
    path: '/tires/pressure',
    permission: 'read_tires',
    units: true,
    says: ({ 'wheel-tires': tires }, units) => tires && {
      ...{ backLeft: null, backRight: null, frontLeft: null, frontRight: null },
      ...Object.fromEntries(cornersOf(tires, (corner, tire) => [corner, converted(tire.tirePressure, perPsi, units)])),
    },
  },
  lockStatus: {
    path: '/security',
    permission: 'read_security',
    says: (state) => {
      const flap = state['charge-ischargingportflapopen'];
      return state['closure-islocked'] && {
        isLocked: state['closure-islocked'].value,
        doors: openings(state['closure-doors']),
        windows: openings(state['closure-windows']),
        sunroof: lid(state['closure-sunroof'], 'sunroof'),
        storage: [...lid(state['closure-reartrunk'], 'rear'), ...lid(state['closure-fronttrunk'], 'front')],
        chargingPort: flap ? [{ type: 'chargingPort', status: flap.value ? 'OPEN' : 'CLOSED' }] : [],
      };
    },
  },
  diagnosticSystemStatus: {
    path: '/diagnostics/system_status',
    permission: 'read_diagnostics',
    says: (state) => {
      const reported = Object.keys(systems).filter((code) => state[code]?.status);
      return reported.length === 0 ? undefined : {
        systems: reported.map((code) => (
          { systemId: systems[code], status: state[code].status, description: state[code].description ?? null })),
      };
    },
  },
  diagnosticTroubleCodes: {
    path: '/diagnostics/dtcs',
    permission: 'read_diagnostics',
    says: ({ 'diagnostics-dtclist': list }) => list && {
      activeCodes: list.values.map(({ code, timestamp }) => ({ code, timestamp: milliseconds(timestamp) })),
    },
  },
  // Of all times: who asks without dates gets the last year.
  serviceHistory: {
    path: '/service/history',
    permission: 'read_service_history',
    units: true,
    args: ['2000-01-01', '2099-12-31'],
    says: ({ 'service-records': records }, units) => records && {
      data: records.values.map((record) => serviceRecord(record, units)),
    },
  },
};

const value = (state, code) => state[code]?.value ?? null;
const onOff = (state, code) => (state[code] ? (state[code].value ? 'ON' : 'OFF') : 'UNAVAILABLE');
const kilowatts = (state) => (state['charge-wattage'] ? state['charge-wattage'].value / 1000 : null);
const minutes = (time) => time?.slice(0, 5) ?? null;
const compassPoints = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

// The reads of one make. Members that no signal says are left out: an answer may have more than this.
export const teslaReads = {
  'tesla/alerts': () => ({ alerts: [] }),
  'tesla/attributes': (state) => ({
    trim: value(state, 'vehicleidentification-trim'),
    color: value(state, 'vehicleidentification-exteriorcolor'),
    name: value(state, 'vehicleidentification-nickname'),
  }),
  'tesla/battery': (state, units) => ({
    ...reads.battery.says(state, units),
    heaterOn: value(state, 'tractionbattery-isheateractive'),
    maxRangeChargeCounter: value(state, 'tractionbattery-maxrangechargecounter'),
  }),
  'tesla/charge': (state, units) => ({
    ...reads.charge.says(state),
    amperage: value(state, 'charge-amperage'),
    amperageRequested: value(state, 'charge-amperagerequested'),
    amperageMaxVehicle: value(state, 'charge-amperagemax'),
    chargePortColor: value(state, 'charge-chargeportstatuscolor'),
    chargePortLatch: value(state, 'charge-ischargingcablelatched'),
    chargePortOpen: value(state, 'charge-ischargingportflapopen'),
    chargeRate: distance(value(state, 'charge-chargerate'), units),
    chargerPhases: value(state, 'charge-chargerphases'),
    connector: value(state, 'charge-chargingconnectortype'),
    energyAdded: value(state, 'charge-energyadded'),
    fastChargerPresent: value(state, 'charge-isfastchargerpresent'),
    socLimit: reads.getChargeLimit.says(state).limit,
    voltage: value(state, 'charge-voltage'),
    wattage: kilowatts(state),
  }),
  'tesla/charge/ammeter': (state) => ({ amperage: value(state, 'charge-amperage') }),
  'tesla/charge/voltmeter': (state) => ({ voltage: value(state, 'charge-voltage') }),
  'tesla/charge/wattmeter': (state) => ({ wattage: kilowatts(state) }),
  'tesla/charge/schedule': (state) => {
    const [timer] = state['charge-chargetimers'].values;
    const part = (entry, member) => ({ enabled: Boolean(entry), time: minutes(entry?.[member]) });
    return {
      departureTime: part(timer?.departureTimers?.[0], 'time'),
      startTime: part(timer?.schedules?.[0], 'start'),
    };
  },
  'tesla/climate/cabin': (state, units) => ({
    status: onOff(state, 'hvac-iscabinhvacactive'),
    temperature: degrees(value(state, 'hvac-cabintargettemperature'), units),
  }),
  'tesla/climate/defroster': (state) => ({
    frontStatus: onOff(state, 'hvac-isfrontdefrosteractive'),
    rearStatus: onOff(state, 'hvac-isreardefrosteractive'),
  }),
  'tesla/climate/steering_wheel': (state) => ({ status: onOff(state, 'hvac-issteeringheateractive') }),
  'tesla/compass': ({ 'location-preciselocation': { heading } }) => (
    { heading, direction: compassPoints[Math.round(heading / 45) % 8] }),
  'tesla/migration': () => ({ requiresMigration: false }),
  'tesla/speedometer': (state, units) => ({ speed: distance(value(state, 'motion-currentspeed'), units) }),
  'tesla/status': (state) => ({
    status: state['connectivitystatus-isasleep'].value ? 'ASLEEP' : 'ONLINE',
    inService: value(state, 'service-isinservice'),
    gear: value(state, 'transmission-gearstate'),
  }),
  'tesla/thermometer/exterior': (state, units) => (
    { temperature: degrees(value(state, 'climate-externaltemperature'), units) }),
  'tesla/thermometer/interior': (state, units) => (
    { temperature: degrees(value(state, 'climate-internaltemperature'), units) }),
  'tesla/user/access': (state) => ({
    accessType: value(state, 'vehicleuseraccount-role'),
    permissions: state['vehicleuseraccount-permissions'].values,
  }),
  'tesla/virtual_key': (state) => ({ isPaired: value(state, 'connectivitystatus-isdigitalkeypaired') }),
};

// Equal in every member, numbers to a millionth (imperial ones are rounded to six decimals), texts to a pattern where
// one stands. `where` is said first when they are not.
export function assertSays(actual, expected, where) {
  const at = `${where}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`;
  if (typeof expected === 'number') {
    assert.equal(typeof actual, 'number', at);
    assert.ok(Math.abs(actual - expected) <= 1e-6, at);
  } else if (expected instanceof RegExp) {
    assert.match(actual, expected, at);
  } else if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual) && actual.length === expected.length, at);
    expected.forEach((entry, index) => assertSays(actual[index], entry, `${where}[${index}]`));
  } else if (expected !== null && typeof expected === 'object') {
    assert.deepEqual(Object.keys(actual ?? {}).sort(), Object.keys(expected).sort(), at);
    for (const [key, member] of Object.entries(expected)) assertSays(actual[key], member, `${where}.${key}`);
  } else {
    assert.equal(actual, expected, at);
  }
}
