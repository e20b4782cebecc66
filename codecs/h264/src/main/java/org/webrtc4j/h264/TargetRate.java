package org.webrtc4j.h264;

import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.model.Size;

/** One quantiser for a picture, moved between pictures so that their size comes near a target. */
final class TargetRate implements RateControl {

    private static final int FIRST_QP = 28;
    private static final int MIN_QP = 20;
    private static final int MAX_QP = 44;

    /** What is assumed of the rate of pictures; the target need not be met closely. */
    private static final int PICTURES_PER_SECOND = 20;

    private int targetBytes = 1_000_000 / 8 / PICTURES_PER_SECOND;
    private int qp = FIRST_QP;

    void setBitrate(int bitsPerSecond) {
        targetBytes = Math.max(500, bitsPerSecond / 8 / PICTURES_PER_SECOND);
    }

    /** A key frame is several times as large as its target, and does not count. */
    void encoded(int bytes, boolean key) {
        if (!key && bytes > targetBytes * 6L / 5) {
            qp = Math.min(MAX_QP, qp + 2);
        } else if (!key && bytes < targetBytes * 4L / 5) {
            qp = Math.max(MIN_QP, qp - 1);
        }
    }

    @Override
    public int startPicture(Size size, int maxSize, SliceType sliceType) {
        return qp;
    }

    @Override
    public int initialQpDelta() {
        return 0;
    }

    @Override
    public int accept(int bits) {
        return 0;
    }
}
