"""Records of acceleration as people have them: CSV and WAV, and one sentence for each fault."""

import io

import numpy as np
import pytest
from scipy.io import wavfile

from lumbago.errors import MeasurementError
from lumbago.prevention.signal_files import read_acceleration
from lumbago.prevention.signal_record import GRAVITY_MS2

RATE, SECONDS = 200, 10
RNG = np.random.default_rng(9)
TIME = np.arange(RATE * SECONDS) / RATE
SIGNAL = RNG.normal(size=(len(TIME), 3)) + np.array([0, 0, GRAVITY_MS2])


def csv_of(
    signal: np.ndarray = SIGNAL,
    time: np.ndarray = TIME,
    header: str = "t,x,y,z",
    separator: str = ",",
) -> bytes:
    out = io.StringIO()
    np.savetxt(out, np.c_[time, signal], delimiter=separator, fmt="%.8f")
    return f"{header}\n{out.getvalue()}".encode()


def wav_of(samples: np.ndarray, rate: int = RATE) -> bytes:
    out = io.BytesIO()
    wavfile.write(out, rate, samples)
    return out.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        "t,x,y,z",
        "time,ax,ay,az",
        "Time (s),Acceleration x (m/s^2),Acceleration y (m/s^2),Acceleration z (m/s^2)",
        "timestamp,acc_x,acc_y,acc_z",
        "seconds,X,Y,Z",
        "Time (s),Linear Acceleration x (m/s^2),Linear Acceleration y,Linear Acceleration z",
        '"t","accel-x","accel-y","accel-z"',
    ],
)
def test_csv_headings_that_people_have(header: str) -> None:
    record = read_acceleration("ride.csv", csv_of(header=header))
    assert record.rate_hz == pytest.approx(RATE)
    np.testing.assert_allclose(record.acceleration_ms2, SIGNAL, atol=1e-7)


def test_columns_may_stand_in_any_order_among_others() -> None:
    shuffled = np.c_[SIGNAL[:, 2], SIGNAL[:, 0], np.zeros(len(SIGNAL)), SIGNAL[:, 1]]
    record = read_acceleration("ride.csv", csv_of(shuffled, header="t,z,x,speed,y"))
    np.testing.assert_allclose(record.acceleration_ms2, SIGNAL, atol=1e-7)


def test_semicolons_decimal_commas_and_a_byte_order_mark() -> None:
    content = csv_of(separator=";", header="t;x;y;z").decode().replace(".", ",")
    record = read_acceleration("ride.csv", b"\xef\xbb\xbf" + content.encode())
    np.testing.assert_allclose(record.acceleration_ms2, SIGNAL, atol=1e-7)


def test_milliseconds_and_g_are_read_from_the_heading() -> None:
    header = "time_ms,x (g),y (g),z (g)"
    record = read_acceleration("ride.csv", csv_of(SIGNAL / GRAVITY_MS2, TIME * 1000, header))
    assert record.rate_hz == pytest.approx(RATE)
    np.testing.assert_allclose(record.acceleration_ms2, SIGNAL, atol=1e-6)


def test_without_times_the_rate_is_given() -> None:
    content = csv_of(header="index,x,y,z")
    assert read_acceleration("ride.csv", content, rate_hz=100).rate_hz == 100


def test_wav_of_floats_and_of_whole_numbers_agree() -> None:
    floats = read_acceleration("a.wav", wav_of((SIGNAL / 40).astype(np.float32)), full_scale_ms2=40)
    whole = read_acceleration(
        "b.wav", wav_of(np.round(SIGNAL / 40 * 2**31).astype(np.int32)), full_scale_ms2=40
    )
    np.testing.assert_allclose(floats.acceleration_ms2, SIGNAL, atol=1e-5)
    np.testing.assert_allclose(whole.acceleration_ms2, SIGNAL, atol=1e-5)


def test_a_real_shock_of_several_samples_is_no_spike() -> None:
    shocked = SIGNAL.copy()
    shocked[1000:1010, 2] += 60 * np.sin(np.linspace(0, np.pi, 10))
    assert read_acceleration("ride.csv", csv_of(shocked)).acceleration_ms2[1005, 2] > 40


def test_spikes_can_be_kept() -> None:
    spiked = SIGNAL.copy()
    spiked[500, 0] = 90
    kept = read_acceleration("ride.csv", csv_of(spiked), keep_spikes=True)
    assert kept.acceleration_ms2[500, 0] == pytest.approx(90)


def test_slow_and_short_records_are_judged_with_a_note() -> None:
    content = csv_of(SIGNAL, np.arange(len(TIME)) / 50)
    record = read_acceleration("phone.csv", content)
    assert "nothing above 25 Hz is seen" in record.notes[0]
    assert "short record" in record.notes[1]


def changed(row: int, axis: int, value: float) -> bytes:
    signal = SIGNAL.copy()
    signal[row, axis] = value
    return csv_of(signal)


def gap() -> bytes:
    keep = (TIME < 4) | (TIME >= 6)
    return csv_of(SIGNAL[keep], TIME[keep])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("r.csv", b"", "it is empty"),
        ("r.csv", b"t,x,y,z\n\n", "no rows of samples"),
        ("r.csv", b"t,x,y,z\n0,1,2\n1,2\n", "row 2: z is empty or not a number"),
        ("r.csv", b"t,x,z\n0,1,2\n", "no column for y"),
        ("r.csv", b"time,speed\n0,1\n", "no column for x and y and z"),
        ("r.csv", b"x,y,z\n1,2,3\n", "say how many samples a second"),
        ("r.csv", b"t,x,y,z\n0,1,2,3\n", "fewer than two rows"),
        ("r.csv", csv_of().replace(b"0.01000000,", b",", 1), "row 4 has no time"),
        ("r.csv", csv_of(time=TIME[::-1]), "row 3: the time goes from"),
        ("r.csv", gap(), "row 802: the time jumps from 3.995 to 6 s"),
        ("r.csv", changed(300, 1, np.nan), "row 302: y is empty or not a number"),
        ("r.csv", changed(300, 2, 200.0), "row 302: z jumps to 200 m/s2 for one sample"),
        ("r.csv", changed(300, 2, 5000.0), "row 302: z is 5000 m/s2; no seat in use does that"),
        ("r.csv", csv_of(SIGNAL * [0, 1, 1]), "x has the same value all along"),
        ("r.csv", csv_of(SIGNAL / GRAVITY_MS2), "say which unit it is in: g or ms2"),
        ("r.xlsx", b"PK", "save it as .csv, .wav or .parquet"),
        ("r.wav", wav_of(SIGNAL)[:-500], "not a whole WAV file"),
        ("r.wav", b"nothing", "not a whole WAV file"),
        ("r.wav", wav_of(SIGNAL[:, :2].astype(np.float32)), "it has 2 channel"),
        ("r.wav", wav_of(SIGNAL[:, 0].astype(np.float32)), "it has 1 channel"),
        ("r.wav", wav_of((SIGNAL * 100).astype(np.int16)), "say what full scale stands for"),
    ],
)
def test_each_fault_gets_one_sentence_that_names_the_file(
    name: str, content: bytes, says: str
) -> None:
    with pytest.raises(MeasurementError) as caught:
        read_acceleration(name, content)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("rate_hz", [0.0, -5.0, float("nan"), float("inf"), 10.0])
def test_rates_that_cannot_be_are_refused(rate_hz: float) -> None:
    with pytest.raises(MeasurementError, match="needs at least 40"):
        read_acceleration("r.csv", csv_of(header="n,x,y,z"), rate_hz=rate_hz)


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(MeasurementError, match="it is 'ms2' or 'g'"):
        read_acceleration("r.csv", csv_of(), unit="mg")
